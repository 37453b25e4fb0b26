namespace Pushbell.Server.Tests.V1;

/// <summary>What we promise where the published page leaves room.</summary>
internal static class Room
{
    public const string Payload = "Titles and bodies are limited by the payload only.";
    public const string Email = "A malformed email is a 400; emails compare case-insensitively, trimmed.";
    public const string Ended = "sent and failed count what has ended; what must be retried is in neither.";
    public const string AllGone = "All devices turn out gone: 200 with sent 0 and failed n.";
    public const string NotMetered = "credits is null for an organization that is not metered.";
    public const string SendKeys = "Only an API key sends.";
    public const string BrowserKeys = "Subscribe and unsubscribe also take a publishable key, only with an allowed Origin.";
    public const string LeakedKey = "A key that may do more than register and yet arrives with an Origin is refused.";
    public const string EveryError = "Every error under /v1, of HTTP itself too, is {\"error\"}.";
    public const string Body = "A body has at most 64 KiB and 16 levels, and no property twice.";
    public const string Rebound = "The same endpoint again is a 201: rebound to the new email, its keys replaced.";
    public const string RemovedNobody = "Unsubscribing nobody is a 200 with removed 0.";
    public const string PublicHosts = "Endpoints of the public push services are taken, by parsed host on a dot boundary, on https and port 443.";
    public const string OtherHosts = "No other endpoint is taken, however it is written; an origin that the operator trusts is.";
    public const string BadSubscription = "A subscription is checked completely at the border: endpoint, point on the curve, secret.";

    public static IEnumerable<string> Sentences =>
        typeof(Room).GetFields().Where(constant => constant.IsLiteral).Select(constant => (string)constant.GetRawConstantValue()!);
}
