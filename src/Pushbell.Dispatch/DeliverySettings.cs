namespace Pushbell.Dispatch;

/// <summary>How this process delivers.</summary>
public sealed record DeliverySettings
{
    /// <summary>A claim on a batch lapses after this, unless renewed; then another worker takes it over.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Deliveries that may be sent and not yet settled: what a killed process can at most repeat.</summary>
    public int Window { get; init; } = 128;

    /// <summary>Batches that are worked on at the same time.</summary>
    public int Workers { get; init; } = 4;

    /// <summary>Completed requests and their deliveries can be read for so long.</summary>
    public TimeSpan Retention { get; init; } = TimeSpan.FromDays(30);
}
