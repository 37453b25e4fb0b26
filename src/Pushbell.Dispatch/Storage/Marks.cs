using System.Collections.Concurrent;

namespace Pushbell.Dispatch.Storage;

/// <summary>
/// The marks by which a node finds out whether a transaction of its own was kept. The transaction's id does not tell: after a crash it is
/// handed out again if nothing of the transaction had reached the disk.
/// </summary>
/// <param name="node">Its number.</param>
internal sealed class Marks(int node)
{
    private readonly ConcurrentBag<int> free = [];
    private int places;

    /// <summary>A mark in a place that no other transaction under way has, so that none waits for another.</summary>
    public Mark Take() => new(node, free.TryTake(out var place) ? place : Interlocked.Increment(ref places), Guid.NewGuid());

    /// <summary>Its transaction is over for certain: the place can be taken again.</summary>
    public void Return(Mark mark) => free.Add(mark.Place);
}

/// <summary>What one transaction leaves behind if it is kept.</summary>
internal sealed record Mark(int Node, int Place, Guid Token);
