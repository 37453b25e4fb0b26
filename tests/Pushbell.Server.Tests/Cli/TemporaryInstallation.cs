using Pushbell.Testing;

namespace Pushbell.Server.Tests.Cli;

/// <summary>An installation that no server has started yet, with a terminal. The clock stands at 2026-01-15 14:30 UTC.</summary>
internal sealed class TemporaryInstallation : IAsyncLifetime
{
    public const string Now = "2026-01-15T14:30:00Z";

    public ManualTimeProvider Clock { get; } = new();

    public Terminal Terminal { get; private set; } = null!;

    public TestDatabase Storage { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Storage = await TestDatabase.CreateEmptyAsync();
        Terminal = new Terminal(Storage, Clock);
    }

    /// <returns>The organization's id.</returns>
    public async Task<string> AddOrganizationAsync(string name) =>
        (await Terminal.JsonAsync("organization", "create", "--name", name)).Text("organization_id");

    /// <returns>The service's id.</returns>
    public async Task<string> AddServiceAsync(string organization, string identifier) =>
        (await Terminal.JsonAsync("service", "create", "--organization", organization, "--identifier", identifier)).Text("service_id");

    public ValueTask DisposeAsync() => Storage.DisposeAsync();
}
