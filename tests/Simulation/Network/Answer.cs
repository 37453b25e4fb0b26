namespace Pushbell.Simulation.Network;

/// <summary>What becomes of one POST.</summary>
/// <param name="IsAccepted">The push service takes the message, whatever the sender learns.</param>
/// <param name="Status">What it answers; null: the connection breaks, or nothing ever comes.</param>
/// <param name="After">When the answer, or the break, reaches the sender; null: never.</param>
internal sealed record Answer(bool IsAccepted, int? Status, TimeSpan? After)
{
    public string? RetryAfter { get; init; }

    public string Body { get; init; } = "";

    /// <summary>Where a message that was taken can be deleted.</summary>
    public string? Location { get; init; }

    public override string ToString() =>
        $"{(IsAccepted ? "taken" : "not taken")}, {Status?.ToString() ?? "no answer"}{(RetryAfter is null ? "" : $" with Retry-After {RetryAfter}")} {(After is { } after ? $"after {after.TotalSeconds:0.000} s" : "ever")}";
}
