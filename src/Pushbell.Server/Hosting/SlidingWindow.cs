using System.Collections.Concurrent;

namespace Pushbell.Server.Hosting;

/// <summary>So many requests of one kind in any 60 seconds. Exact: each request is remembered for a minute; refused ones count too.</summary>
/// <param name="name">What is counted, for headers and sentences.</param>
/// <param name="most">At most so many.</param>
/// <param name="clock">Measures the minute.</param>
internal sealed class SlidingWindow<TKey>(string name, int most, TimeProvider clock)
    where TKey : notnull
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<TKey, Queue<long>> requests = new();
    private long sweptAt = clock.GetTimestamp();

    public RateUse Count(TKey key)
    {
        var now = clock.GetTimestamp();
        Sweep(now);
        while (true)
        {
            var queue = requests.GetOrAdd(key, static _ => new Queue<long>());
            lock (queue)
            {
                // A queue that the sweep has just taken out would lose what is counted in it.
                if (requests.TryGetValue(key, out var kept) && kept == queue)
                {
                    return Count(queue, now);
                }
            }
        }
    }

    private RateUse Count(Queue<long> queue, long now)
    {
        Forget(queue, now);
        if (queue.Count < most)
        {
            queue.Enqueue(now);
            return new RateUse(name, most, most - queue.Count, Period - clock.GetElapsedTime(queue.Peek(), now), IsOver: false);
        }

        // The refused request takes the place of the oldest, so that a caller who never pauses never gets through again.
        queue.Dequeue();
        queue.Enqueue(now);
        return new RateUse(name, most, 0, Period - clock.GetElapsedTime(queue.Peek(), now), IsOver: true);
    }

    /// <summary>Once a minute, whoever has not been heard of since is forgotten: addresses are many, and most come once.</summary>
    private void Sweep(long now)
    {
        var last = Interlocked.Read(ref sweptAt);
        if (clock.GetElapsedTime(last, now) < Period || Interlocked.CompareExchange(ref sweptAt, now, last) != last)
        {
            return;
        }

        foreach (var (key, queue) in requests)
        {
            lock (queue)
            {
                Forget(queue, now);
                if (queue.Count == 0)
                {
                    requests.TryRemove(KeyValuePair.Create(key, queue));
                }
            }
        }
    }

    private void Forget(Queue<long> queue, long now)
    {
        while (queue.TryPeek(out var oldest) && clock.GetElapsedTime(oldest, now) >= Period)
        {
            queue.Dequeue();
        }
    }
}

/// <summary>Where a caller stands with his limit after this request.</summary>
/// <param name="Name">What is counted.</param>
/// <param name="Limit">How many in 60 seconds.</param>
/// <param name="Remaining">How many are left now.</param>
/// <param name="Wait">Until the next place is free.</param>
/// <param name="IsOver">This request found no room.</param>
internal sealed record RateUse(string Name, int Limit, int Remaining, TimeSpan Wait, bool IsOver)
{
    /// <summary>RateLimit and RateLimit-Policy (draft-ietf-httpapi-ratelimit-headers): quota, window, remaining and seconds.</summary>
    public void WriteHeaders(IHeaderDictionary headers)
    {
        headers["RateLimit-Policy"] = $"\"{Name}\";q={Limit};w=60";
        headers["RateLimit"] = $"\"{Name}\";r={Remaining};t={Math.Max(1, (long)Math.Ceiling(Wait.TotalSeconds))}";
    }

    /// <param name="whom">Whose limit it is, e.g. "for this key".</param>
    /// <returns>Null while there was room.</returns>
    public Refusal? ToRefusal(string whom) =>
        IsOver ? new Refusal(RefusalKind.RateLimited, $"Rate limit exceeded: at most {Limit} {Name} per minute {whom}.", Wait) : null;
}
