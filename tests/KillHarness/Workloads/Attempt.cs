namespace Pushbell.KillHarness.Workloads;

/// <summary>One request and what came back.</summary>
/// <param name="Status">The HTTP status; null when the connection broke before an answer.</param>
/// <param name="RequestId">The <c>request_id</c> of a /v2 answer.</param>
/// <param name="Text">The answer's body, or how the connection broke.</param>
internal sealed record Attempt(int? Status, string? RequestId, string Text)
{
    public bool IsAnswered => Status is >= 200 and < 300;

    /// <summary>It is not known whether the send was accepted, or it was not: to be asked again with the same key.</summary>
    public bool IsOpen => Status is null or 409 or >= 500;

    public override string ToString() => Status is { } status ? $"{status} {Text}" : $"no answer ({Text})";
}
