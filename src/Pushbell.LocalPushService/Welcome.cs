using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Pushbell.LocalPushService;

/// <summary>The text on the console and at <c>GET /</c>: what this is and how to use it.</summary>
internal sealed class Welcome(Listeners listeners, BrowserSettings browsers, X509Certificate2 certificate)
{
    public string Text => $$"""
        A push service for this machine: the part that Google, Mozilla, Apple and Microsoft play elsewhere.
        Nothing leaves the machine, and nothing is kept after the end. Stop it with Ctrl+C.

          push resources   {{listeners.Http}}push/...    {{listeners.Https}}push/...
          sink             {{listeners.Http}}sink/...    answers 201 and counts, nothing else
          counters         {{listeners.Http}}counters
          certificate      {{listeners.Http}}certificate.pem
                           SHA-256 {{certificate.GetCertHashString(HashAlgorithmName.SHA256)}}

        A subscription without a browser, then what came for it, decrypted:
          curl -X POST {{listeners.Http}}subscriptions
          curl {{listeners.Http}}subscriptions/ID/messages

        The next push answered with 410, every one after it with 429:
          curl -X PUT {{listeners.Http}}subscriptions/ID/script -d '[{"status":410},{"status":429,"retry_after":"5","repeat":true}]'

        Let Pushbell send here:
          Pushbell__PushServices__Trusted__0={{listeners.Http.GetLeftPart(UriPartial.Authority)}}

        Forget every real browser; Firefox then reports pushsubscriptionchange:
          curl -X DELETE {{listeners.Http}}browsers

        Firefox, in about:config (the last one only when a test drives it):
          dom.push.serverURL                       {{browsers.FirefoxServerUrl}}
          dom.push.testing.allowInsecureServerURL  true
          dom.push.connection.enabled              true

        Chromium, on its command line, with a profile of its own:
          {{string.Join(Environment.NewLine + "  ", browsers.ChromiumFlags)}}
        Its endpoints say https://jmt17.google.com (Debian's build) or https://fcm.googleapis.com; they are served at {{listeners.Https.Authority}}:
          ASPNETCORE_ENVIRONMENT=Development env 'Pushbell__PushServices__Route__jmt17.google.com={{listeners.Https.Authority}} sha256:{{certificate.GetCertHashString(HashAlgorithmName.SHA256)}}' dotnet run --project src/Pushbell.Server

        """;
}
