using Dapper;
using Pushbell.Dispatch.Storage;
using Pushbell.Dispatch.Storage.Moving;
using Pushbell.Testing;

namespace Pushbell.Dispatch.Tests.Storage.Moving;

/// <summary>An installation and the empty PostgreSQL database that it is to move into.</summary>
internal sealed class House : IAsyncDisposable
{
    public const string Unfinished = "An installation is being moved into this database. Start 'pushbell move' again to finish it, then the server.";

    private House(OldInstallation old, TestDatabase target) => (Old, Target) = (old, target);

    public ManualTimeProvider Clock { get; } = new();

    public OldInstallation Old { get; }

    public TestDatabase Target { get; }

    public static async Task<House> CreateAsync()
    {
        // First, for it skips the test where there is no PostgreSQL.
        var target = await TestDatabase.CreateEmptyAsync();
        return new House(await OldInstallation.CreateAsync(), target);
    }

    public Task<Moved> MoveAsync(Action<MoveProgress>? progress = null, string? source = null, string? target = null, CancellationToken cancellation = default) =>
        MoveInstallation.RunAsync(source ?? Old.ConnectionString, target ?? Target.ConnectionString, Clock, progress ?? (_ => { }), cancellation);

    /// <returns>The sentence.</returns>
    public async Task<string> RefusalAsync(Action<MoveProgress>? progress = null, string? source = null, string? target = null)
    {
        var refusal = await Should.ThrowAsync<UnusableDatabaseException>(() => MoveAsync(progress, source, target));
        refusal.Message.ShouldNotContain('\n');
        return refusal.Message;
    }

    /// <summary>Moves until so many pages are over.</summary>
    public async Task InterruptAsync(int pages)
    {
        using var cancel = new CancellationTokenSource();
        void Count(MoveProgress progress)
        {
            if (--pages == 0)
            {
                cancel.Cancel();
            }
        }

        await Should.ThrowAsync<OperationCanceledException>(() => MoveAsync(Count, cancellation: cancel.Token));
    }

    public Task<Database> StartOnTargetAsync() => Target.OpenAsync(Clock);

    public async Task ChangeTargetAsync(string sql)
    {
        await using var connection = await Target.ConnectAsync();
        await connection.ExecuteAsync(sql);
    }

    public async ValueTask DisposeAsync()
    {
        await Target.DisposeAsync();
        await Old.DisposeAsync();
    }
}
