using System.Collections.Concurrent;

namespace Pushbell.Server.Hosting;

internal enum RateLimit
{
    /// <summary>/v1 sends, per key.</summary>
    Sends,

    /// <summary>/v2 requests, per key.</summary>
    Requests,

    None,
}

/// <summary>So many requests of one key in any 60 seconds. Exact: each request is remembered for a minute; refused ones count too.</summary>
internal sealed class RateLimits(PushbellSettings settings, TimeProvider clock)
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<(long Key, RateLimit Limit), Queue<long>> requests = new();

    /// <returns>Null when there was room.</returns>
    public Refusal? Count(long key, RateLimit limit)
    {
        if (limit == RateLimit.None)
        {
            return null;
        }

        var most = limit == RateLimit.Sends ? settings.Limits.SendsPerMinute : settings.Limits.RequestsPerMinute;
        var queue = requests.GetOrAdd((key, limit), static _ => new Queue<long>());
        lock (queue)
        {
            var now = clock.GetTimestamp();
            while (queue.TryPeek(out var oldest) && clock.GetElapsedTime(oldest, now) >= Period)
            {
                queue.Dequeue();
            }

            if (queue.Count < most)
            {
                queue.Enqueue(now);
                return null;
            }

            // The refused request takes the place of the oldest, so that a caller who never pauses never gets through again.
            var wait = Period - clock.GetElapsedTime(queue.Dequeue(), now);
            queue.Enqueue(now);
            return new Refusal(
                RefusalKind.RateLimited,
                $"Rate limit exceeded: at most {most} {(limit == RateLimit.Sends ? "sends" : "requests")} per minute for this key.",
                wait
            );
        }
    }
}
