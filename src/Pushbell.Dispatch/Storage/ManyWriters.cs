using System.Data;
using System.Data.Common;

namespace Pushbell.Dispatch.Storage;

/// <summary>
/// Transactions side by side, here and on other nodes. One that collided with another runs again. When the connection breaks while a
/// commit is on its way, the server is asked what became of it: "perhaps" is no answer that a caller could act upon.
/// </summary>
internal sealed class ManyWriters(Connections connections) : Writing
{
    // A server that restarts is back within this, as a rule. Real time passes there, whatever clock a test has.
    private static readonly TimeSpan FatePatience = TimeSpan.FromSeconds(15), FatePause = TimeSpan.FromMilliseconds(200);

    // Its table is there once the migrations are through; nobody is told of what is written before.
    private Marks? marks;

    public override void Identify(int node) => marks = connections.Dialect.BeginMarked is null ? null : new Marks(node);

    public override async Task<T> RunAsync<T>(Func<Session, Task<T>> body, Func<T, bool> keep, CancellationToken cancellationToken)
    {
        for (var retry = new Retry(connections.Dialect); ;)
        {
            var attempt = new Attempt<T>(connections, marks, body, keep);
            try
            {
                await attempt.RunAsync(cancellationToken);
                return attempt.Result!;
            }
            catch (DbException exception) when (attempt is { IsCommitting: true, Id: not null } && connections.Dialect.IsOutage(exception))
            {
                if (await WasCommittedAsync(attempt.Id, attempt.Mark!, exception))
                {
                    return attempt.Result!;
                }
            }
            catch (DbException exception) when (!attempt.IsCommitting && retry.IsWorthwhile(exception))
            {
                await retry.PauseAsync(cancellationToken);
            }
        }
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <exception cref="StorageOutageException">The server stays away: nobody can know.</exception>
    private async Task<bool> WasCommittedAsync(string id, Mark mark, DbException cause)
    {
        var clock = TimeProvider.System;
        for (var since = clock.GetTimestamp(); clock.GetElapsedTime(since) < FatePatience;)
        {
            try
            {
                if (await connections.ReadAsync(session => FateAsync(session, id, mark), CancellationToken.None) is { } committed)
                {
                    return committed;
                }
            }
            catch (DbException exception) when (connections.Dialect.IsOutage(exception))
            {
                // Still away.
            }

            await Task.Delay(FatePause, clock, CancellationToken.None);
        }

        throw new StorageOutageException(cause) { IsFateUnknown = true };
    }

    /// <returns>null while it is in progress.</returns>
    private static async Task<bool?> FateAsync(Session session, string id, Mark mark) =>
        await session.FirstAsync<string>(session.Dialect.Fate!, new { id }) switch
        {
            "in progress" => null,
            // This one or another that was given the same id after a crash.
            "committed" => await session.FirstAsync<int>(session.Dialect.FindMark!, mark) == 1,
            _ => false,
        };

    private sealed class Attempt<T>(Connections connections, Marks? marks, Func<Session, Task<T>> body, Func<T, bool> keep)
    {
        public Mark? Mark { get; } = marks?.Take();

        /// <summary>The transaction's, to ask for its fate; null where a commit cannot get lost.</summary>
        public string? Id { get; private set; }

        public T? Result { get; private set; }

        /// <summary>From here on only the server knows.</summary>
        public bool IsCommitting { get; private set; }

        public async Task RunAsync(CancellationToken cancellationToken)
        {
            await using var connection = await connections.OpenAsync(writes: true, cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            var session = new Session(connection, transaction, connections.Dialect, cancellationToken);
            try
            {
                await BeginAsync(session);
                Result = await body(session);
                if (keep(Result))
                {
                    IsCommitting = true;
                    await transaction.CommitAsync(CancellationToken.None);
                }
            }
            finally
            {
                // Of one whose connection broke, the server may still hold the row.
                if (Mark is not null && connection.State == ConnectionState.Open)
                {
                    marks!.Return(Mark);
                }
            }
        }

        private async Task BeginAsync(Session session)
        {
            if (Mark is not null)
            {
                Id = await session.FirstAsync<string>(session.Dialect.BeginMarked!, Mark);
            }
            else if (session.Dialect.Begin is { } begin)
            {
                await session.ExecuteAsync(begin);
            }
        }
    }
}
