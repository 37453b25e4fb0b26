import { EnrolPage } from "./page";
import { serviceFolder } from "./settings";

const folder = serviceFolder(location.pathname) ?? "/pwa/";
// The worker's scope and the app's begin with the slash; without it the page is outside of itself.
if (location.pathname === folder.slice(0, -1)) location.replace(folder + location.search);
else void new EnrolPage(folder).start();
