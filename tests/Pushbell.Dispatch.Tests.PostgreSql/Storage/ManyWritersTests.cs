using Pushbell.Dispatch.Storage;
using Pushbell.Dispatch.Tests.Postgres;
using Pushbell.Testing.Postgres;

namespace Pushbell.Dispatch.Tests.Storage;

/// <summary>Transactions side by side: what comes between them, or between them and the server, is seen by nobody outside.</summary>
public sealed class ManyWritersTests : IAsyncLifetime
{
    private const string Note = "INSERT INTO note VALUES (@writer)";

    private PrivatePostgres server = null!;
    private CommitCutter cutter = null!;
    private Database database = null!;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(PostgresPrograms.Folder is null, PostgresPrograms.Missing);
        server = await PrivatePostgres.StartAsync(("deadlock_timeout", "100ms"));
        cutter = new CommitCutter(server.Port);
        var through = cutter.Through(server.ConnectionStringOf(await server.CreateDatabaseAsync()));
        database = await Database.OpenAsync(through, TimeProvider.System, CancellationToken.None);
        await database.WriteAsync(
            session => session.ExecuteAsync("CREATE TABLE note (writer TEXT NOT NULL); CREATE TABLE seat (id INTEGER PRIMARY KEY, taken_by TEXT NOT NULL)"),
            CancellationToken.None
        );
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            await database.DisposeAsync();
            await cutter.DisposeAsync();
            await server.DisposeAsync();
        }
    }

    [Fact]
    public async Task Write_TwoThatLockCrosswise_BothSucceed_OneOfThemAtItsSecondRun()
    {
        await database.WriteAsync(session => session.ExecuteAsync("INSERT INTO seat VALUES (1, 'nobody'), (2, 'nobody')"), CancellationToken.None);
        var (runs, bothHoldOne) = (0, new CountdownEvent(2));
        async Task TakeAsync(Session session, int first, int second)
        {
            await session.ExecuteAsync("UPDATE seat SET taken_by = taken_by || '+' WHERE id = @first", new { first });
            if (Interlocked.Increment(ref runs) <= 2)
            {
                bothHoldOne.Signal();
                await Task.Run(bothHoldOne.Wait);
            }

            await session.ExecuteAsync("UPDATE seat SET taken_by = taken_by || '+' WHERE id = @second", new { second });
        }

        await Task.WhenAll(
            database.WriteAsync(session => TakeAsync(session, 1, 2), CancellationToken.None),
            database.WriteAsync(session => TakeAsync(session, 2, 1), CancellationToken.None)
        );

        runs.ShouldBe(3);
        (await ListAsync("SELECT taken_by FROM seat ORDER BY id")).ShouldBe(["nobody++", "nobody++"]);
    }

    [Fact]
    public async Task Write_TwoThatLookAndFindNothing_AreOneRow_AndBothHaveIt()
    {
        var (runs, bothHaveLooked) = (0, new CountdownEvent(2));
        Task<string> TakeAsync(string writer) =>
            database.WriteAsync(
                async session =>
                {
                    var found = await session.FirstAsync<string>("SELECT taken_by FROM seat WHERE id = 1");
                    if (Interlocked.Increment(ref runs) <= 2)
                    {
                        bothHaveLooked.Signal();
                        await Task.Run(bothHaveLooked.Wait);
                    }

                    if (found is null)
                    {
                        await session.ExecuteAsync("INSERT INTO seat VALUES (1, @writer)", new { writer });
                    }

                    return found ?? writer;
                },
                CancellationToken.None
            );

        var owners = await Task.WhenAll(TakeAsync("Ann"), TakeAsync("Bob"));

        owners[0].ShouldBe(owners[1]);
        runs.ShouldBe(3);
    }

    [Fact]
    public async Task Write_ConnectionBreaksBeforeItsCommit_RunsAgain()
    {
        var runs = 0;

        await database.WriteAsync(
            async session =>
            {
                await session.ExecuteAsync(Note, new { writer = "once" });
                if (++runs == 1)
                {
                    await session.ExecuteAsync("SELECT pg_terminate_backend(pg_backend_pid())");
                }
            },
            CancellationToken.None
        );

        runs.ShouldBe(2);
        await ShouldHaveWrittenOnceAsync();
    }

    [Fact]
    public async Task Write_CommitTakesPlaceAndItsAnswerIsLost_IsNotRunAgain()
    {
        var runs = 0;
        cutter.LoseNextAnswer();

        var result = await database.WriteAsync(session => WriteOnceAsync(session, ref runs), CancellationToken.None);

        (result, runs).ShouldBe((1, 1));
        await ShouldHaveWrittenOnceAsync();
    }

    [Fact]
    public async Task Write_CommitNeverArrives_RunsAgain()
    {
        var runs = 0;
        cutter.AtNextCommit(() => Task.CompletedTask);

        var result = await database.WriteAsync(session => WriteOnceAsync(session, ref runs), CancellationToken.None);

        (result, runs).ShouldBe((1, 2));
        await ShouldHaveWrittenOnceAsync();
    }

    [Fact]
    public async Task Write_ManyAtOnce_WhileAnswersGetLost_AreEachWrittenOnce()
    {
        var writers = Enumerable.Range(0, 40).Select(at => $"{at:00}").ToArray();

        await Parallel.ForEachAsync(
            writers.Index(),
            new ParallelOptions { MaxDegreeOfParallelism = 8 },
            async (entry, _) =>
            {
                var (at, writer) = entry;
                if (at % 3 == 0)
                {
                    cutter.LoseNextAnswer();
                }
                else if (at % 5 == 0)
                {
                    cutter.AtNextCommit(() => Task.CompletedTask);
                }

                await database.WriteAsync(session => session.ExecuteAsync(Note, new { writer }), CancellationToken.None);
            }
        );

        (await ListAsync("SELECT writer FROM note ORDER BY writer")).ShouldBe(writers);
    }

    [Fact]
    public async Task Write_BehindOneThatGotStuck_GetsItsLockAfterAWhile_AndTheStuckOneIsUndone()
    {
        await database.WriteAsync(session => session.ExecuteAsync("INSERT INTO seat VALUES (1, 'nobody')"), CancellationToken.None);
        var (runs, holds, released) = (0, new TaskCompletionSource(), new TaskCompletionSource());
        var stuck = database.WriteAsync(
            async session =>
            {
                if (++runs == 1)
                {
                    await session.ExecuteAsync("UPDATE seat SET taken_by = 'the stuck one'");
                    holds.SetResult();
                    await released.Task;
                    // Only now it hears that its session is no more.
                    await session.ExecuteAsync("UPDATE seat SET taken_by = 'the stuck one'");
                }
            },
            CancellationToken.None
        );
        await holds.Task;

        // The server lets go by its own clock, after five seconds.
        await database.WriteAsync(session => session.ExecuteAsync("UPDATE seat SET taken_by = 'the other'"), CancellationToken.None);

        (await ListAsync("SELECT taken_by FROM seat")).ShouldBe(["the other"]);
        released.SetResult();
        // Told by the server why, or by the network that there is nobody any more: an outage, or run again.
        var end = await Record.ExceptionAsync(() => stuck);
        (end is StorageOutageException || (end is null && runs == 2)).ShouldBeTrue($"{runs}: {end}");
        (await ListAsync("SELECT taken_by FROM seat")).ShouldBe(["the other"]);
    }

    [Fact]
    public async Task Session_AfterATransaction_KeepsNothingOfIt()
    {
        const string TimeOuts = """
            SELECT pg_backend_pid() || ': ' || current_setting('statement_timeout') || ' ' || current_setting('lock_timeout') || ' '
                || current_setting('idle_in_transaction_session_timeout')
            """;
        // One connection: a pooler in transaction mode would hand it to somebody else afterwards.
        var through = cutter.Through($"{server.ConnectionStringOf(await server.CreateDatabaseAsync())};Maximum Pool Size=1");
        await using var own = await Database.OpenAsync(through, TimeProvider.System, CancellationToken.None);

        var within = (await own.WriteAsync(session => session.FirstAsync<string>(TimeOuts), CancellationToken.None))!.Split(": ");
        var afterwards = (await own.ReadAsync(session => session.FirstAsync<string>(TimeOuts), CancellationToken.None))!.Split(": ");

        within[1].ShouldBe("10s 8s 5s");
        afterwards.ShouldBe([within[0], "0 0 0"]);
    }

    private static Task<int> WriteOnceAsync(Session session, ref int runs)
    {
        runs++;
        return session.ExecuteAsync(Note, new { writer = "once" });
    }

    private async Task ShouldHaveWrittenOnceAsync() => (await ListAsync("SELECT writer FROM note")).ShouldBe(["once"]);

    private Task<IReadOnlyList<string>> ListAsync(string sql) => database.ReadAsync(session => session.ListAsync<string>(sql), CancellationToken.None);
}
