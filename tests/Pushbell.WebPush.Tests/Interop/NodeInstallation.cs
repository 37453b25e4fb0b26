namespace Pushbell.WebPush.Tests.Interop;

/// <summary>The npm packages beside the tests, installed from the lock file when they are not there yet.</summary>
public sealed class NodeInstallation : IAsyncLifetime
{
    internal static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Interop");

    public async ValueTask InitializeAsync()
    {
        // npm writes this file last, so a broken installation is repeated.
        if (!File.Exists(Path.Combine(Folder, "node_modules", ".package-lock.json")))
        {
            await using var npm = new ChildProcess("npm", "ci", "--no-audit", "--no-fund");
            await npm.EndAsync();
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
