using Pushbell.Dispatch.Storage;
using Pushbell.Dispatch.Storage.Moving;

namespace Pushbell.Dispatch.Tests.Storage.Moving;

public sealed class MoveInstallationTests : IAsyncLifetime
{
    private House house = null!;

    public async ValueTask InitializeAsync() => house = await House.CreateAsync();

    public ValueTask DisposeAsync() => house?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public async Task Run_OddValuesInEveryTable_ArriveAsTheyWere()
    {
        var before = await Contents.ReadAsync(house.Old.Storage);
        before.Values.ShouldAllBe(rows => rows.Length == 5);

        var moved = await house.MoveAsync();

        moved.Tables.ToDictionary(table => table.Key, table => (int)table.Value.Rows)
            .ShouldBe(before.ToDictionary(table => table.Key, table => table.Value.Length), ignoreOrder: true);
        await Contents.ShouldBeEqualAsync(house.Old.Storage, house.Target);
        (await Contents.ReadAsync(house.Old.Storage)).Keys.ShouldBe(before.Keys);
        await using var server = await house.StartOnTargetAsync();
    }

    [Fact]
    public async Task Run_Finished_LeavesASourceThatStartsAgain()
    {
        await house.MoveAsync();

        await using var server = await house.Old.StartAsync(house.Clock);
        (await server.ReadAsync(session => session.FirstAsync<int>("SELECT count(*) FROM registration"), CancellationToken.None)).ShouldBe(5);
    }

    [Fact]
    public async Task Run_OfTheFirstVersion_MigratesOnTheWay()
    {
        await using var files = new Pushbell.Testing.Sqlite.SqliteTestDatabase();
        using var first = new StreamReader(
            typeof(Database).Assembly.GetManifestResourceStream("Pushbell.Dispatch.Storage.Migrations.Sqlite.0001_initial.sql")!
        );
        await using (var connection = await files.ConnectAsync())
        {
            await using var command = connection.CreateCommand();
            command.CommandText =
                await first.ReadToEndAsync()
                + """
                ;
                CREATE TABLE schema_version (version INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL, applied_at BIGINT NOT NULL);
                INSERT INTO schema_version VALUES (1, '0001_initial', 0);
                INSERT INTO organization (id, name, plan, created_at) VALUES (1, 'Ada', 'starter', 0);
                INSERT INTO service (organization_id, id, identifier, name, contact_email, created_at) VALUES (1, 2, 'app', 'App', '', 0);
                """;
            await command.ExecuteNonQueryAsync();
        }

        var moved = await house.MoveAsync(source: files.ConnectionString);

        moved.Tables["service"].Rows.ShouldBe(1);
        await Contents.ShouldBeEqualAsync(files, house.Target);
    }

    [Fact]
    public async Task Run_WhileItRuns_NoServerStartsOnEitherSide()
    {
        var looked = 0;
        void Look(MoveProgress progress)
        {
            if (looked++ is not (3 or 20))
            {
                return;
            }

            Should.Throw<StorageOutageException>(() => house.Old.StartAsync(house.Clock)).Message.ShouldContain("locked");
            Should.Throw<UnusableDatabaseException>(house.StartOnTargetAsync).Message.ShouldBe(House.Unfinished);
        }

        await house.MoveAsync(Look);

        looked.ShouldBeGreaterThan(20);
        await Contents.ShouldBeEqualAsync(house.Old.Storage, house.Target);
    }

    [Theory]
    [InlineData("UPDATE registration SET device_info = device_info || ' ' WHERE id = 10000000", "registration")]
    [InlineData("UPDATE notification SET payload = payload || '\\x00'::bytea WHERE id = 1", "notification")]
    [InlineData("UPDATE api_key SET last_used_at = NULL WHERE id = 10000000", "api_key")]
    [InlineData("UPDATE credit_movement SET note = '' WHERE note IS NULL AND id = 1", "credit_movement")]
    [InlineData("UPDATE organization SET credit_held = credit_held + 1 WHERE id = 1", "organization")]
    [InlineData("DELETE FROM alarm WHERE id = 1", "alarm")]
    [InlineData("DELETE FROM alarm", "alarm")]
    [InlineData("INSERT INTO quota_window VALUES (9, 9, 9, 9)", "quota_window")]
    public async Task Run_ChangedOnTheWay_IsNoticedAndNamesTheTable(string change, string table)
    {
        var last = "";
        void Change(MoveProgress progress)
        {
            // Behind the last page of the last table.
            if (progress is { Table: "alarm", IsCheck: false })
            {
                house.ChangeTargetAsync(change).GetAwaiter().GetResult();
                last = progress.Table;
            }
        }

        var sentence = await house.RefusalAsync(Change);

        last.ShouldBe("alarm");
        sentence.ShouldStartWith($"Table {table} did not arrive as it was: 5 rows with checksum ");
        Should.Throw<UnusableDatabaseException>(house.StartOnTargetAsync).Message.ShouldBe(House.Unfinished);
    }

    [Fact]
    public async Task Run_ManyRows_TellsItsProgressAndHoldsAPageAtATime()
    {
        const int count = 50_000, length = 1_500;
        const long bounded = 70_000_000;
        await house.Old.AddRegistrationsAsync(count, length);
        var told = new List<MoveProgress>();
        var (before, most) = (GC.GetTotalMemory(forceFullCollection: true), 0L);

        await house.MoveAsync(progress =>
        {
            told.Add(progress);
            if (told.Count % 10 == 0)
            {
                most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
            }
        });

        (2L * count * length).ShouldBeGreaterThan(2 * bounded, "all of it at once would be noticed");
        most.ShouldBeLessThan(bounded);
        told.Count(progress => progress.Table == "registration").ShouldBeGreaterThan(40);
        told.SkipWhile(progress => !progress.IsCheck).ShouldAllBe(progress => progress.IsCheck);
        foreach (var stretch in told.GroupBy(progress => (progress.Table, progress.IsCheck)))
        {
            stretch.Select(progress => progress.Rows).ShouldBeInOrder(SortDirection.Ascending);
            stretch.ShouldAllBe(progress => progress.Of == (progress.Table == "registration" ? count + 5 : 5));
            stretch.Last().Rows.ShouldBe(stretch.Last().Of);
        }
    }
}
