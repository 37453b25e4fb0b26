importScripts("/sdk/pushbell-sw.js");
