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

    public override async Task<T> RunAsync<T>(Func<Session, Task<T>> body, Func<T, bool> keep, CancellationToken cancellationToken)
    {
        for (var retry = new Retry(connections.Dialect); ; )
        {
            var attempt = new Attempt<T>(connections, body, keep);
            try
            {
                await attempt.RunAsync(cancellationToken);
                return attempt.Result!;
            }
            catch (DbException exception) when (attempt is { IsCommitting: true, Id: not null } && connections.Dialect.IsOutage(exception))
            {
                if (await WasCommittedAsync(attempt.Id, exception))
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
    private async Task<bool> WasCommittedAsync(string id, DbException cause)
    {
        var clock = TimeProvider.System;
        for (var since = clock.GetTimestamp(); clock.GetElapsedTime(since) < FatePatience; )
        {
            try
            {
                var fate = await connections.ReadAsync(session => session.FirstAsync<string>(connections.Dialect.Fate!, new { id }), CancellationToken.None);
                if (fate != "in progress")
                {
                    return fate == "committed";
                }
            }
            catch (DbException exception) when (connections.Dialect.IsOutage(exception))
            {
                // Still away.
            }

            await Task.Delay(FatePause, clock, CancellationToken.None);
        }

        throw new StorageOutageException(cause);
    }

    private sealed class Attempt<T>(Connections connections, Func<Session, Task<T>> body, Func<T, bool> keep)
    {
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
            Id = connections.Dialect.Begin is { } begin ? await session.FirstAsync<string>(begin) : null;
            Result = await body(session);
            if (keep(Result))
            {
                IsCommitting = true;
                await transaction.CommitAsync(CancellationToken.None);
            }
        }
    }
}
