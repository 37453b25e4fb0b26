using System.Text.RegularExpressions;
using Pushbell.LocalPushService;
using Pushbell.Testing;

namespace Pushbell.Browser.Tests.Dashboard;

/// <summary>The product's own program, started in an empty folder beside a local push service, and what it says to whoever started it.</summary>
internal sealed partial class FirstRun : IAsyncDisposable
{
    private readonly TemporaryFolder folder;
    private readonly ChildProgram server;

    private FirstRun(TemporaryFolder folder, ChildProgram server, LocalPushServer pushService, Uri link)
    {
        (this.folder, this.server) = (folder, server);
        PushService = pushService;
        Link = link;
    }

    public LocalPushServer PushService { get; }

    /// <summary>The one-time link of the greeting.</summary>
    public Uri Link { get; }

    public string Root => Link.GetLeftPart(UriPartial.Authority);

    public static async Task<FirstRun> StartAsync()
    {
        var home = new TemporaryFolder();
        var pushService = await RunningServer.StartPushServiceAsync();
        var route = $"127.0.0.1:{pushService.HttpsUrl.Port} sha256:{pushService.CertificateSha256}";
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            // Where a push service may be led elsewhere.
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
            // What goes wrong later would fill the pipe that nobody reads any more.
            ["Logging__LogLevel__Default"] = "Error",
        };
        string[] settings =
        [
            $"--Pushbell:PushServices:Trusted:0={pushService.HttpUrl.GetLeftPart(UriPartial.Authority)}",
            $"--Pushbell:PushServices:Route:fcm.googleapis.com={route}",
            $"--Pushbell:PushServices:Route:jmt17.google.com={route}",
            "--Pushbell:Bootstrap:OwnerEmail=ada@example.com",
        ];
        var program = new ChildProgram(home.Path, environment, Path.Combine(AppContext.BaseDirectory, "pushbell"), ["serve", .. settings]);
        return new FirstRun(home, program, pushService, await LinkAsync(program));
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        await PushService.DisposeAsync();
        folder.Dispose();
    }

    private static async Task<Uri> LinkAsync(ChildProgram program)
    {
        while (true)
        {
            if (LinkPattern().Match(await program.ReadLineAsync()) is { Success: true } link)
            {
                return new Uri(link.Value);
            }
        }
    }

    [GeneratedRegex(@"http://\S+/#/link/\S+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LinkPattern();
}
