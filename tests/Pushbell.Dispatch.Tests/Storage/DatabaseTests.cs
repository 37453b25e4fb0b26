using System.Data.Common;
using System.Diagnostics;
using Pushbell.Dispatch.Storage;
using Pushbell.Testing;

namespace Pushbell.Dispatch.Tests.Storage;

public sealed class DatabaseTests : IAsyncLifetime
{
    private readonly ManualTimeProvider clock = new();
    private TestDatabase files = null!;
    private Database database = null!;

    public async ValueTask InitializeAsync()
    {
        files = await TestDatabase.CreateAsync();
        database = await files.OpenAsync(clock);
        await database.WriteAsync(
            session => session.ExecuteAsync("INSERT INTO organization (id, name, plan, created_at) VALUES (1, 'One', 'starter', 0)"),
            CancellationToken.None
        );
    }

    public async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        await files.DisposeAsync();
    }

    [Theory]
    [InlineData(true, "Two")]
    [InlineData(false, "One")]
    public async Task Write_ResultToBeKeptOrNot_IsCommittedOrUndone(bool keep, string name)
    {
        var result = await database.WriteAsync(session => RenameAsync(session, "Two"), keep: _ => keep, CancellationToken.None);

        result.ShouldBe("Two");
        (await NameAsync(database)).ShouldBe(name);
    }

    [Fact]
    public async Task Write_Exception_IsUndoneAndPassedOn()
    {
        await Should.ThrowAsync<InvalidOperationException>(() =>
            database.WriteAsync<int>(
                async session =>
                {
                    await RenameAsync(session, "Two");
                    throw new InvalidOperationException("a bug");
                },
                CancellationToken.None
            )
        );

        (await NameAsync(database)).ShouldBe("One");
        await database.WriteAsync(session => RenameAsync(session, "Three"), CancellationToken.None);
        (await NameAsync(database)).ShouldBe("Three");
    }

    [Fact]
    public async Task Write_BrokenConstraint_IsNoOutage()
    {
        var fault = await Should.ThrowAsync<DbException>(() =>
            database.WriteAsync(
                session => session.ExecuteAsync("INSERT INTO organization (id, name, plan, created_at) VALUES (1, 'Twin', 'starter', 0)"),
                CancellationToken.None
            )
        );

        database.Dialect.IsOutage(fault).ShouldBeFalse();
    }

    [Fact]
    public async Task Write_CancelledWhileWaitingForItsTurn_LeavesTheTurnToOthers()
    {
        var entered = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        var first = database.WriteAsync(
            async session =>
            {
                entered.SetResult();
                await release.Task;
                return await RenameAsync(session, "First");
            },
            CancellationToken.None
        );
        await entered.Task;
        using var impatient = new CancellationTokenSource();
        var second = database.WriteAsync(session => RenameAsync(session, "Second"), impatient.Token);

        await impatient.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => second);
        release.SetResult();
        await first;

        (await NameAsync(database)).ShouldBe("First");
        await database.WriteAsync(session => RenameAsync(session, "Third"), CancellationToken.None);
    }

    [Fact]
    public async Task Write_LockedByAnotherProcess_IsAnOutageAfterABoundedWait()
    {
        await using var impatient = await files.OpenImpatientAsync(clock);
        await using (await files.LockAsync())
        {
            var watch = Stopwatch.StartNew();

            // Whoever waits for his turn waits for the lock as well: all together, not one after the other.
            var writes = Enumerable
                .Range(0, 6)
                .Select(number =>
                    Task.Run(() => impatient.WriteAsync(session => RenameAsync(session, $"{number}"), CancellationToken.None))
                )
                .ToArray();
            var outages = await Task.WhenAll(writes.Select(write => Should.ThrowAsync<StorageOutageException>(() => write)));

            outages.Length.ShouldBe(6);
            watch.Elapsed.ShouldBeInRange(TimeSpan.FromSeconds(0.8), TimeSpan.FromSeconds(5.5));
        }

        (await NameAsync(impatient)).ShouldBe("One");
        await impatient.WriteAsync(session => RenameAsync(session, "Two"), CancellationToken.None);
        (await NameAsync(database)).ShouldBe("Two");
    }

    [Fact]
    public async Task Read_LockedByAnotherProcess_GoesOn()
    {
        await using (await files.LockAsync())
        {
            (await NameAsync(database)).ShouldBe("One");
        }
    }

    [Fact]
    public async Task Write_TwoWritersAtOnce_LoseNoUpdate()
    {
        await using var other = await files.OpenAsync(clock);

        await Task.WhenAll(
            new[] { database, other }.Select(one =>
                Task.Run(async () =>
                {
                    for (var round = 0; round < 50; round++)
                    {
                        await one.WriteAsync(AddOneSlowlyAsync, CancellationToken.None);
                    }
                })
            )
        );

        (await ServedAsync()).ShouldBe(100);
    }

    [Fact]
    public async Task Write_ManyThreadsOfOneProcess_LoseNoUpdate()
    {
        await Task.WhenAll(
            Enumerable.Range(0, 100).Select(_ => Task.Run(() => database.WriteAsync(AddOneSlowlyAsync, CancellationToken.None)))
        );

        (await ServedAsync()).ShouldBe(100);
    }

    /// <summary>Read, then write what was read plus one: whatever slips between the two is lost.</summary>
    private static async Task AddOneSlowlyAsync(Session session)
    {
        var served = await session.FirstAsync<long>($"SELECT credit_held FROM organization WHERE id = 1 {session.Dialect.ForUpdate}");
        await Task.Yield();
        await session.ExecuteAsync("UPDATE organization SET credit_held = @next WHERE id = 1", new { next = served + 1 });
    }

    private Task<long> ServedAsync() =>
        database.ReadAsync(
            session => session.FirstAsync<long>("SELECT credit_held FROM organization WHERE id = 1"),
            CancellationToken.None
        );

    private static async Task<string> RenameAsync(Session session, string name)
    {
        await session.ExecuteAsync("UPDATE organization SET name = @name WHERE id = 1", new { name });
        return name;
    }

    private static Task<string?> NameAsync(Database database) =>
        database.ReadAsync(session => session.FirstAsync<string>("SELECT name FROM organization WHERE id = 1"), CancellationToken.None);
}
