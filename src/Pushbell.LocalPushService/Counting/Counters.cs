namespace Pushbell.LocalPushService.Counting;

/// <summary>What has happened since the start or the last <see cref="Reset"/>. Safe to read at any time.</summary>
public sealed class Counters
{
    private readonly long[] byStatus = new long[600];
    private readonly long[] byAcknowledgement = new long[1000];
    private long posts;
    private long unanswered;
    private long accepted;
    private long acknowledged;
    private long sinkPosts;
    private long connectionsOpened;
    private long connectionsOpen;

    /// <summary>POST requests to push resources, refused ones included; the sink has its own count.</summary>
    public long Posts => Interlocked.Read(ref posts);

    /// <summary>Messages that were given to a browser or virtual subscription, or kept for one.</summary>
    public long Accepted => Interlocked.Read(ref accepted);

    /// <summary>Messages that a real browser confirmed.</summary>
    public long Acknowledged => Interlocked.Read(ref acknowledged);

    /// <summary>Posts that a scripted fault left without a status.</summary>
    public long Unanswered => Interlocked.Read(ref unanswered);

    /// <summary>POST requests to the sink.</summary>
    public long SinkPosts => Interlocked.Read(ref sinkPosts);

    /// <summary>TCP connections to any port, since the start or the last reset.</summary>
    public long ConnectionsOpened => Interlocked.Read(ref connectionsOpened);

    /// <summary>TCP connections that are open now; a reset leaves it as it is.</summary>
    public long ConnectionsOpen => Interlocked.Read(ref connectionsOpen);

    /// <summary>Posts to push resources by the status they got.</summary>
    public IReadOnlyDictionary<int, long> ByStatus => NonZero(byStatus);

    /// <summary>Firefox's confirmations by code: 100 delivered, 101 not decrypted, 102 not delivered, 3xx the service worker failed.</summary>
    public IReadOnlyDictionary<int, long> ByAcknowledgement => NonZero(byAcknowledgement);

    /// <summary>Sets every count to zero except the number of open connections.</summary>
    public void Reset()
    {
        foreach (ref var count in byStatus.AsSpan())
            Interlocked.Exchange(ref count, 0);
        foreach (ref var count in byAcknowledgement.AsSpan())
            Interlocked.Exchange(ref count, 0);
        Interlocked.Exchange(ref posts, 0);
        Interlocked.Exchange(ref unanswered, 0);
        Interlocked.Exchange(ref accepted, 0);
        Interlocked.Exchange(ref acknowledged, 0);
        Interlocked.Exchange(ref sinkPosts, 0);
        Interlocked.Exchange(ref connectionsOpened, 0);
    }

    internal void Posted() => Interlocked.Increment(ref posts);

    internal void Answered(int? status)
    {
        if (status is { } code)
            Interlocked.Increment(ref byStatus[code]);
        else
            Interlocked.Increment(ref unanswered);
    }

    internal void Took() => Interlocked.Increment(ref accepted);

    internal void Confirmed() => Interlocked.Increment(ref acknowledged);

    internal void ConfirmedWith(int code)
    {
        if (code >= 0 && code < byAcknowledgement.Length)
            Interlocked.Increment(ref byAcknowledgement[code]);
    }

    internal void Sank() => Interlocked.Increment(ref sinkPosts);

    internal void Connected()
    {
        Interlocked.Increment(ref connectionsOpened);
        Interlocked.Increment(ref connectionsOpen);
    }

    internal void Disconnected() => Interlocked.Decrement(ref connectionsOpen);

    private static Dictionary<int, long> NonZero(long[] counts)
    {
        var found = new Dictionary<int, long>();
        for (var index = 0; index < counts.Length; index++)
        {
            if (Interlocked.Read(ref counts[index]) is > 0 and var count)
                found[index] = count;
        }

        return found;
    }
}
