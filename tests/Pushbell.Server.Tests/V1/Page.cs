namespace Pushbell.Server.Tests.V1;

/// <summary>Sentences of the published page, to the letter.</summary>
internal static class Page
{
    public const string Key = "Pass your API key in X-Api-Key.";
    public const string Json = "All request and response bodies are JSON.";
    public const string AllDevices =
        "Deliver a push notification to all active devices enrolled under the given email address within your tenant.";
    public const string OneCredit = "Each successful delivery debits 1 credit.";
    public const string FailedIsFree = "Failed deliveries (expired subscriptions, 410 Gone) are not charged.";
    public const string Hashed = "hashed server-side, not stored plaintext";
    public const string TapTarget = "optional — tap target URL";
    public const string Sent = "subscriptions notified (e.g. iPhone + laptop)";
    public const string Failed = "expired/gone subscriptions (not charged)";
    public const string Credits = "credits remaining after this send";
    public const string Subscribes = "Stores a browser PushSubscription object linked to a subscriber email.";
    public const string CalledByPages =
        "This endpoint is called automatically by the tenant's PWA after the user grants notification permission";
    public const string Unsubscribes = "Deactivates all push subscriptions for the given email within your tenant.";
    public const string Removed = "number of subscription rows deactivated";
    public const string CleanedUp = "Expired/gone subscriptions are cleaned up automatically on send";
    public const string Errors = "All errors return JSON with an error string field describing the problem.";
    public const string BadRequest = "Bad request — missing or malformed required fields (email, title, body).";
    public const string Unauthorized = "Missing or invalid X-Api-Key header.";
    public const string NoCredits = "Insufficient credits — tenant credit balance is zero.";
    public const string Nobody = "No active subscriptions found for the given email within this tenant.";
    public const string NeverOrExpired = "Either the user never subscribed, or all subscriptions have expired.";
    public const string RateLimit = "Rate limit exceeded — more than 60 requests/minute for this API key.";
    public const string ServerError = "Server error. Safe to retry with exponential backoff. The notification was not delivered.";

    public static IEnumerable<string> Sentences =>
        typeof(Page).GetFields().Where(constant => constant.IsLiteral).Select(constant => (string)constant.GetRawConstantValue()!);
}
