using System.Buffers.Binary;
using Pushbell.Dispatch.Storage;
using Pushbell.Testing;

namespace Pushbell.Dispatch.Tests.Storage.Sqlite;

/// <summary>What waits for the one writer is committed together, and undone alone.</summary>
public sealed class GroupCommitTests : IAsyncLifetime
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("pushbell-group-");
    private Database database = null!;

    private string File => Path.Combine(folder.FullName, "pushbell.db");

    public async ValueTask InitializeAsync() =>
        database = await Database.OpenAsync($"Data Source={File};Pooling=False;Default Timeout=1", new ManualTimeProvider(), CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Write_TwentyWaitForTheirTurn_ShareOneCommit()
    {
        var before = Commits();

        await BehindOneAsync(() => [.. Enumerable.Range(1, 20).Select(id => database.WriteAsync(session => AddAsync(session, id), CancellationToken.None))]);

        (await IdsAsync()).ShouldBe(Enumerable.Range(0, 21));
        (Commits() - before).ShouldBe(2, "the first was alone, the others came together");
    }

    [Fact]
    public async Task Write_AmongOthers_IsUndoneAlone()
    {
        Task broken = null!, unwanted = null!, bug = null!;

        await BehindOneAsync(() =>
        [
            database.WriteAsync(session => AddAsync(session, 1), CancellationToken.None),
            unwanted = database.WriteAsync(session => AddAsync(session, 2), keep: _ => false, CancellationToken.None),
            broken = database.WriteAsync(async session => await AddAsync(session, 3) + await AddAsync(session, 1), CancellationToken.None),
            bug = database.WriteAsync<int>(
                async session =>
                {
                    await AddAsync(session, 4);
                    throw new InvalidOperationException("a bug");
                },
                CancellationToken.None
            ),
            database.WriteAsync(session => AddAsync(session, 5), CancellationToken.None),
        ]);

        (await IdsAsync()).ShouldBe([0, 1, 5]);
        unwanted.IsCompletedSuccessfully.ShouldBeTrue();
        bug.Exception!.InnerException.ShouldBeOfType<InvalidOperationException>();
        broken.Exception!.InnerException!.Message.ShouldContain("UNIQUE");
    }

    [Fact]
    public async Task Write_GivenUpBeforeItsTurn_NeverBegins()
    {
        using var impatient = new CancellationTokenSource();
        Task<int> given = null!;

        await BehindOneAsync(() =>
        {
            given = database.WriteAsync(session => AddAsync(session, 1), impatient.Token);
            impatient.Cancel();
            return [given, database.WriteAsync(session => AddAsync(session, 2), CancellationToken.None)];
        });

        given.IsCanceled.ShouldBeTrue();
        (await IdsAsync()).ShouldBe([0, 2]);
    }

    [Fact]
    public async Task Write_CommitFailsForTheGroup_NobodyIsToldThatItWasKept()
    {
        IReadOnlyList<Task> others = [];

        await BehindOneAsync(() =>
            others =
            [
                database.WriteAsync(session => AddAsync(session, 1), CancellationToken.None),
                // A broken promise that is only looked at when the transaction is committed.
                database.WriteAsync(
                    session => session.ExecuteAsync("PRAGMA defer_foreign_keys=ON; INSERT INTO member (organization_id, id, email, role, created_at) VALUES (99, 1, 'a@example.com', 'owner', 0)"),
                    CancellationToken.None
                ),
            ]);

        others.ShouldAllBe(write => write.IsFaulted);
        (await IdsAsync()).ShouldBe([0]);
    }

    /// <summary>Runs writes that all wait behind one which is under way, and waits for their ends.</summary>
    private async Task BehindOneAsync(Func<IReadOnlyList<Task>> writes)
    {
        var (entered, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        var first = database.WriteAsync(
            async session =>
            {
                entered.SetResult();
                await release.Task;
                return await AddAsync(session, 0);
            },
            CancellationToken.None
        );
        await entered.Task;
        var waiting = writes();
        release.SetResult();
        await first;
        await Task.WhenAll(waiting).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    private static Task<int> AddAsync(Session session, int id) =>
        session.ExecuteAsync("INSERT INTO organization (id, name, plan, created_at) VALUES (@id, 'One', 'starter', 0)", new { id });

    private Task<IReadOnlyList<int>> IdsAsync() =>
        database.ReadAsync(session => session.ListAsync<int>("SELECT id FROM organization ORDER BY id"), CancellationToken.None);

    /// <summary>Commit frames in the write-ahead log (https://sqlite.org/fileformat2.html#the_write_ahead_log): they name the size of the database.</summary>
    private int Commits()
    {
        const int Header = 32, FrameHeader = 24;
        using var stream = new FileStream(File + "-wal", FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var log = new byte[stream.Length];
        stream.ReadExactly(log);
        var frame = FrameHeader + BinaryPrimitives.ReadInt32BigEndian(log.AsSpan(8));
        return Enumerable.Range(0, (log.Length - Header) / frame).Count(at => BinaryPrimitives.ReadInt32BigEndian(log.AsSpan(Header + (at * frame) + 4)) != 0);
    }
}
