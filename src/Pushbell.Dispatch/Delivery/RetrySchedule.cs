namespace Pushbell.Dispatch.Delivery;

/// <summary>When to try again: 10 s, 30 s, 2 m, 10 m, 30 m, then every 2 h, each with full jitter, so that many do not return at once.</summary>
public sealed class RetrySchedule(Random random)
{
    private static readonly TimeSpan[] Steps =
    [
        TimeSpan.FromSeconds(10),
        TimeSpan.FromSeconds(30),
        TimeSpan.FromMinutes(2),
        TimeSpan.FromMinutes(10),
        TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(2),
    ];

    private readonly Lock gate = new();

    /// <param name="attempt">How many rounds have failed before this one; 0 after the first.</param>
    /// <returns>At least a second.</returns>
    public TimeSpan After(int attempt)
    {
        var step = Steps[Math.Min(attempt, Steps.Length - 1)];
        double jitter;
        lock (gate)
        {
            jitter = random.NextDouble();
        }

        return TimeSpan.FromSeconds(Math.Max(1, step.TotalSeconds * jitter));
    }
}
