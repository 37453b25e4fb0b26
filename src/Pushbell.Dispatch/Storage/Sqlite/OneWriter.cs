using System.Data.Common;
using System.Threading.Channels;

namespace Pushbell.Dispatch.Storage.Sqlite;

/// <summary>
/// One connection that writes, and a queue before it. Whatever waits when the connection is free is written together: one commit, one flush
/// to the disk for all of them. Each is undone alone when it fails, and nobody is answered before the commit.
/// </summary>
internal sealed class OneWriter : Writing
{
    // So many share a commit at most: nobody's answer waits for a crowd behind him.
    private const int Together = 64;

    private readonly Connections connections;
    private readonly Channel<Write> queue = Channel.CreateUnbounded<Write>(new UnboundedChannelOptions { SingleReader = true });
    private readonly List<Write> group = new(Together);
    private readonly Task serving;
    private DbConnection? writer;

    public OneWriter(Connections connections)
    {
        this.connections = connections;
        serving = Task.Run(ServeAsync);
    }

    public override async Task<T> RunAsync<T>(Func<Session, Task<T>> body, Func<T, bool> keep, CancellationToken cancellationToken)
    {
        var write = new Write<T>(body, keep, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        await queue.Writer.WriteAsync(write, CancellationToken.None);
        await using var giveUp = cancellationToken.UnsafeRegister(static write => ((Write)write!).GiveUp(), write);
        return await write.Result;
    }

    public override async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await serving;
        if (writer is not null)
        {
            await writer.DisposeAsync();
        }
    }

    private async Task ServeAsync()
    {
        while (await queue.Reader.WaitToReadAsync())
        {
            TakeAll(Together);
            try
            {
                await WriteAsync();
            }
            catch (Exception fault)
            {
                if (fault is DbException outage && connections.Dialect.IsOutage(outage))
                {
                    // Who waited behind a write that never got the lock has waited long enough: all fail together, not one after the other.
                    TakeAll(int.MaxValue);
                }

                group.ForEach(write => write.Fail(fault));
            }

            group.ForEach(static write => write.Tell());
            group.Clear();
        }
    }

    private void TakeAll(int most)
    {
        while (group.Count < most && queue.Reader.TryRead(out var write))
        {
            group.Add(write);
        }
    }

    /// <summary>All of the group in one transaction.</summary>
    private async Task WriteAsync()
    {
        writer ??= await connections.OpenAsync(writes: true, CancellationToken.None);
        await using var transaction = await writer.BeginTransactionAsync();
        var kept = false;
        foreach (var write in group)
        {
            kept |= await RunAsync(write, writer, transaction);
        }

        if (kept)
        {
            await transaction.CommitAsync();
        }
    }

    /// <summary>One of the group, undone without the others when it fails or is not to be kept.</summary>
    /// <returns>Whether it left something to be committed.</returns>
    private async Task<bool> RunAsync(Write write, DbConnection connection, DbTransaction transaction)
    {
        const string Here = "one_of_the_group";
        if (group.Count == 1)
        {
            return await write.RunAsync(connection, transaction, connections.Dialect);
        }

        await transaction.SaveAsync(Here);
        var kept = await write.RunAsync(connection, transaction, connections.Dialect);
        if (!kept)
        {
            await transaction.RollbackAsync(Here);
        }

        await transaction.ReleaseAsync(Here);
        return kept;
    }
}
