using Pushbell.Dispatch.Organizations;

namespace Pushbell.Server.Hosting;

/// <summary>What the console says once the server listens: where, with which keys, and what to do next.</summary>
internal static class Greeting
{
    public static void Write(TextWriter console, IReadOnlyList<Uri> addresses, FirstKeys? keys, PushbellSettings settings)
    {
        var root = DashboardLink.ReachableRoot(addresses[0]);
        console.WriteLine();
        console.WriteLine($"Pushbell listens on {string.Join(", ", addresses.Select(address => address.GetLeftPart(UriPartial.Authority)))}");
        if (keys is not null)
        {
            WriteKeys(console, root, keys);
            WriteDashboard(console, root, keys);
        }

        console.WriteLine($"  API reference: {root}/docs");
        console.WriteLine(
            settings.PushServices.Trusted.Count == 0
                ? "  Without internet: dotnet run --project src/Pushbell.LocalPushService, and start this with Pushbell__PushServices__Trusted__0=http://127.0.0.1:9090"
                : $"  Besides the public push services, trusted: {string.Join(", ", settings.PushServices.Trusted)}"
        );
        if (keys is not null && settings.Bootstrap.ContactEmail is null)
        {
            console.WriteLine(
                $"  Push services will be given the contact {NewService.PlaceholderContact}. Apple refuses placeholders: on a real installation, "
                    + "name yours: pushbell service set --contact you@your-company.com"
            );
        }

        console.WriteLine();
    }

    private static void WriteDashboard(TextWriter console, string root, FirstKeys keys) =>
        console.WriteLine(
            keys.OwnerLink is { } token
                ? $"  Dashboard        {DashboardLink.Of(root, token)} (good once, for a day: the owner sets a password there; later: pushbell account reset EMAIL)"
                : $"  Dashboard        {root}/"
        );

    private static void WriteKeys(TextWriter console, string root, FirstKeys keys)
    {
        if (keys.WereGiven)
        {
            console.WriteLine("  A new database was filled with the keys of your configuration.");
            console.WriteLine($"  Demo page        {root}/demo");
            return;
        }

        console.WriteLine(
            $$"""

              A new database was made. Its keys are shown this once; only their hashes are kept.

                Secret key       {{keys.SecretKey}}   X-Secret-Key, /v2/push: backends only
                API key          {{keys.ApiKey}}   X-Api-Key, /v1: backends only
                Publishable key  {{keys.PublishableKey}}   X-Publishable-Key: for web pages

              1. Subscribe a browser: open {{root}}/demo#key={{keys.PublishableKey}}
              2. Send to it:

            curl -X POST {{root}}/v2/push/send -H "Content-Type: application/json" -H "X-Secret-Key: {{keys.SecretKey}}" -d '{"title": "Hello!", "body": "This is your first push notification", "target_all": true}'

              3. In a site of yours, allowed with "pushbell service set --add-origin https://your-site.com" (more in docs/pwa.md): a page

            <button id="bell">Notify me</button>
            <script type="module">
              import { PushbellPWA } from "{{root}}/sdk/pushbell.js";

              const pushbell = new PushbellPWA({ serviceUrl: "{{root}}", organizationPublishableKey: "{{keys.PublishableKey}}" });
              await pushbell.initialize();
              document.getElementById("bell").onclick = () => pushbell.registerForPush();
            </script>

                 and its service worker, /pushbell-sw.js

            importScripts("{{root}}/sdk/pushbell-sw.js");

            """
        );
    }
}
