using System.Diagnostics;
using System.Globalization;
using Pushbell.LocalPushService;

namespace Pushbell.Bench.Deliver;

/// <summary>npm's <c>web-push</c>, as one would use it, and with the token that it signs for each message kept. Installed from its lock file.</summary>
internal sealed class Peers : IAsyncDisposable
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "peer");
    private readonly string certificate = Path.GetTempFileName();

    private Peers(LocalPushServer sink)
    {
        File.WriteAllText(certificate, sink.Certificate.ExportCertificatePem());
        All = [Start(sink, "npm web-push, its token kept", "keep-token"), Start(sink, "npm web-push", "sign-each")];
    }

    /// <summary>The plain one last.</summary>
    public IReadOnlyList<SenderProcess> All { get; }

    public static async Task<Peers> StartAsync(LocalPushServer sink, TextWriter progress)
    {
        if (!Directory.Exists(Path.Combine(Folder, "node_modules")))
        {
            await progress.WriteLineAsync("npm ci …");
            using var npm = Process.Start(new ProcessStartInfo("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"]) { WorkingDirectory = Folder })!;
            await npm.WaitForExitAsync();
            if (npm.ExitCode != 0)
            {
                throw new InvalidOperationException("npm could not install web-push.");
            }
        }

        return new Peers(sink);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var peer in All)
        {
            await peer.DisposeAsync();
        }

        File.Delete(certificate);
    }

    private SenderProcess Start(LocalPushServer sink, string name, string mode) =>
        new(name, new ProcessStartInfo("node", ["send.mjs", mode, sink.HttpsUrl.Port.ToString(CultureInfo.InvariantCulture), certificate]) { WorkingDirectory = Folder });
}
