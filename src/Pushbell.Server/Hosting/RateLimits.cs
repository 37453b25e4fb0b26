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

    /// <returns>Null where no limit counts.</returns>
    public RateUse? Count(long key, RateLimit limit)
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
                return new RateUse(Name(limit), most, most - queue.Count, Period - clock.GetElapsedTime(queue.Peek(), now), IsOver: false);
            }

            // The refused request takes the place of the oldest, so that a caller who never pauses never gets through again.
            queue.Dequeue();
            queue.Enqueue(now);
            return new RateUse(Name(limit), most, 0, Period - clock.GetElapsedTime(queue.Peek(), now), IsOver: true);
        }
    }

    private static string Name(RateLimit limit) => limit == RateLimit.Sends ? "sends" : "requests";
}

/// <summary>Where a key stands with its limit after this request.</summary>
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

    public Refusal ToRefusal() =>
        new(RefusalKind.RateLimited, $"Rate limit exceeded: at most {Limit} {Name} per minute for this key.", Wait);
}
