using Pushbell.Dispatch.Storage;
using Pushbell.Testing;
using Pushbell.Testing.Sqlite;

namespace Pushbell.Dispatch.Tests.Storage.Sqlite;

/// <summary>What holds for a database in a file.</summary>
public sealed class SqliteFileTests : IAsyncDisposable
{
    private readonly ManualTimeProvider clock = new();
    private readonly SqliteTestDatabase files = new();

    public ValueTask DisposeAsync() => files.DisposeAsync();

    [Fact]
    public async Task Open_ForWriting_FlushesEveryCommit()
    {
        await using var database = await files.OpenAsync(clock);

        var (journal, synchronous) = await database.WriteAsync(
            async session => (await session.FirstAsync<string>("PRAGMA journal_mode"), await session.FirstAsync<int>("PRAGMA synchronous")),
            CancellationToken.None
        );

        journal.ShouldBe("wal");
        synchronous.ShouldBe(2, "FULL");
    }

    [Fact]
    public async Task Open_FileOfGarbage_IsRefusedAndSaysHowToMend()
    {
        await File.WriteAllTextAsync(files.File, string.Join('\n', Enumerable.Repeat("this was never a database", 400)));

        var refusal = await Should.ThrowAsync<UnusableDatabaseException>(() => files.OpenAsync(clock));
        refusal.Message.ShouldContain(files.File);
        refusal.Message.ShouldContain("Restore it from a backup");
    }

    [Fact]
    public async Task Open_FolderThatIsMissing_IsMade()
    {
        var file = Path.Combine(files.Folder, "data", "deep", "pushbell.db");

        await using var database = await Database.OpenAsync($"Data Source={file}", clock, CancellationToken.None);

        File.Exists(file).ShouldBeTrue();
    }
}
