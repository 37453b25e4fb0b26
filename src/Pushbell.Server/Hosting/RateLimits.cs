namespace Pushbell.Server.Hosting;

internal enum RateLimit
{
    /// <summary>/v1 sends, per key.</summary>
    Sends,

    /// <summary>/v2 requests, per key.</summary>
    Requests,

    None,
}

/// <summary>What backends may ask for in any 60 seconds, key by key.</summary>
internal sealed class RateLimits(PushbellSettings settings, TimeProvider clock)
{
    private readonly SlidingWindow<long> sends = new("sends", settings.Limits.SendsPerMinute, clock);
    private readonly SlidingWindow<long> requests = new("requests", settings.Limits.RequestsPerMinute, clock);

    /// <returns>Null where no limit counts.</returns>
    public RateUse? Count(long key, RateLimit limit) =>
        limit switch
        {
            RateLimit.Sends => sends.Count(key),
            RateLimit.Requests => requests.Count(key),
            _ => null,
        };
}
