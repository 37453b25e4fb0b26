using Pushbell.Dispatch.Storage;
using Pushbell.Testing;

namespace Pushbell.Dispatch.Tests.Storage;

public sealed class MigratorTests : IAsyncLifetime
{
    private readonly ManualTimeProvider clock = new();
    private TestDatabase files = null!;

    public async ValueTask InitializeAsync() => files = await TestDatabase.CreateEmptyAsync();

    public ValueTask DisposeAsync() => files.DisposeAsync();

    [Fact]
    public async Task Open_EmptyDatabase_BringsItToThisVersion()
    {
        await using var database = await files.OpenAsync(clock);

        var versions = await VersionsAsync(database);
        versions.ShouldBe(Enumerable.Range(1, versions.Count));
        (await CountOrganizationsAsync(database)).ShouldBe(0);
    }

    [Fact]
    public async Task Open_Again_ChangesNothing()
    {
        await using (var first = await files.OpenAsync(clock))
        {
            await first.WriteAsync(AddOrganizationAsync, CancellationToken.None);
        }

        clock.Advance(TimeSpan.FromDays(1));
        await using var again = await files.OpenAsync(clock);

        (await CountOrganizationsAsync(again)).ShouldBe(1);
        (
            await again.ReadAsync(session => session.FirstAsync<long>("SELECT max(applied_at) FROM schema_version"), CancellationToken.None)
        ).ShouldBe(new ManualTimeProvider().GetUtcNow().ToUnixTimeMilliseconds());
    }

    [Fact]
    public async Task Open_TwoProcessesAtOnce_BothSucceed()
    {
        var databases = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() => files.OpenAsync(clock))));

        foreach (var database in databases)
        {
            (await CountOrganizationsAsync(database)).ShouldBe(0);
            await database.DisposeAsync();
        }
    }

    [Fact]
    public async Task Open_NewerSchema_IsRefusedAndSaysWhatToDo()
    {
        await using (var database = await files.OpenAsync(clock))
        {
            await database.WriteAsync(
                session => session.ExecuteAsync("INSERT INTO schema_version (version, name, applied_at) VALUES (9999, 'later', 0)"),
                CancellationToken.None
            );
        }

        var refusal = await Should.ThrowAsync<UnusableDatabaseException>(() => files.OpenAsync(clock));
        refusal.Message.ShouldContain("9999");
        refusal.Message.ShouldContain("newer build");
    }

    [Fact]
    public async Task Open_NoDatabaseNamed_IsRefusedAndSaysWhatToGive()
    {
        var refusal = await Should.ThrowAsync<UnusableDatabaseException>(() =>
            Database.OpenAsync("Server=nowhere", clock, CancellationToken.None)
        );
        refusal.Message.ShouldContain("Data Source=");
    }

    private static Task<IReadOnlyList<int>> VersionsAsync(Database database) =>
        database.ReadAsync(
            session => session.ListAsync<int>("SELECT version FROM schema_version ORDER BY version"),
            CancellationToken.None
        );

    private static Task AddOrganizationAsync(Session session) =>
        session.ExecuteAsync("INSERT INTO organization (id, name, plan, created_at) VALUES (1, 'One', 'starter', 0)");

    private static Task<int> CountOrganizationsAsync(Database database) =>
        database.ReadAsync(session => session.FirstAsync<int>("SELECT count(*) FROM organization"), CancellationToken.None);
}
