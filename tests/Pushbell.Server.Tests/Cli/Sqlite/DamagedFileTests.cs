using Pushbell.Testing.Sqlite;

namespace Pushbell.Server.Tests.Cli.Sqlite;

public sealed class DamagedFileTests : IAsyncDisposable
{
    private readonly SqliteTestDatabase storage = new();

    private Terminal Terminal => new(storage, TimeProvider.System);

    [Fact]
    public async Task RunAsync_OnADamagedDatabase_SaysHowToMendIt()
    {
        await File.WriteAllTextAsync(storage.File, new string('x', 8192));

        (await Terminal.RunAsync("key", "list")).ShouldFail(1, "Restore it from a backup");
    }

    [Fact]
    public async Task RunAsync_OnADamagedMasterKey_NamesTheFile()
    {
        await File.WriteAllTextAsync(Path.Combine(storage.Folder, "master.key"), "not a key");

        (await Terminal.RunAsync("key", "list")).ShouldFail(1, "master.key");
    }

    public ValueTask DisposeAsync() => storage.DisposeAsync();
}
