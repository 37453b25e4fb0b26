using System.Data.Common;

namespace Pushbell.Dispatch.Storage;

/// <summary>How transactions that write come to their turn.</summary>
internal abstract class Writing : IAsyncDisposable
{
    /// <summary>Makes what this process writes from now on known from what others write.</summary>
    /// <param name="node">What it is told apart by.</param>
    public virtual void Identify(int node) { }

    public abstract Task<T> RunAsync<T>(Func<Session, Task<T>> body, Func<T, bool> keep, CancellationToken cancellationToken);

    public abstract ValueTask DisposeAsync();
}

/// <summary>One connection that writes, and a queue before it.</summary>
internal sealed class OneWriter(Connections connections) : Writing
{
    private readonly SemaphoreSlim turn = new(1, 1);
    private DbConnection? writer;
    private volatile DbException? lastOutage;

    public override async Task<T> RunAsync<T>(Func<Session, Task<T>> body, Func<T, bool> keep, CancellationToken cancellationToken)
    {
        var known = lastOutage;
        await turn.WaitAsync(cancellationToken);
        try
        {
            // Who waited behind a write that never got the lock has waited long enough: all fail together, not one after the other.
            if (lastOutage is { } outage && outage != known)
            {
                throw new StorageOutageException(outage);
            }

            writer ??= await connections.OpenAsync(writes: true, cancellationToken);
            await using var transaction = await writer.BeginTransactionAsync(cancellationToken);
            var result = await body(new Session(writer, transaction, connections.Dialect, cancellationToken));
            if (keep(result))
            {
                await transaction.CommitAsync(CancellationToken.None);
            }

            return result;
        }
        catch (DbException exception) when (connections.Dialect.IsOutage(exception))
        {
            lastOutage = exception;
            throw;
        }
        finally
        {
            turn.Release();
        }
    }

    public override async ValueTask DisposeAsync()
    {
        if (writer is not null)
        {
            await writer.DisposeAsync();
        }

        turn.Dispose();
    }
}
