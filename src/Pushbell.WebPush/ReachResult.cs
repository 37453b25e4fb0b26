namespace Pushbell.WebPush;

/// <summary>Whether a push service answered, whatever it said.</summary>
/// <param name="Problem">Null when it did; otherwise one short word, as in <see cref="DeliveryOutcome.Reason"/>.</param>
/// <param name="Date">Its own time, to the second (RFC 9110 §6.6.1); null when it gave none.</param>
public sealed record ReachResult(string? Problem, DateTimeOffset? Date = null);
