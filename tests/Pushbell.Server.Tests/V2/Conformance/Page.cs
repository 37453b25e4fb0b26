namespace Pushbell.Server.Tests.V2.Conformance;

/// <summary>Sentences of the published page of /v2/push.</summary>
internal static class Page
{
    public const string Authentication = "All Push API endpoints use Secret Key authentication via the X-Secret-Key header.";
    public const string KeyRequired = "X-Secret-Key: Your organization secret key";
    public const string ContentType = "Content-Type: application/json";

    public const string Title = "Required: Notification title (max 100 chars)";
    public const string Body = "Required: Notification body (max 255 chars)";
    public const string Icon = "Optional: Icon URL";
    public const string Badge = "Optional: Badge URL";
    public const string Image = "Optional: Large image URL";
    public const string Tag = "Optional: Tag for grouping notifications";
    public const string Data = "Optional: Custom data payload";
    public const string Urgency = "Optional: very-low, low, normal, high";
    public const string Ttl = "Optional: Time-to-live in seconds (max 28 days)";

    public const string OneTarget = "Choose one targeting method per request:";
    public const string TargetAll = "Broadcast to all registered clients";
    public const string TargetEmails = "Send to users by email address";
    public const string TargetUserIds = "Send to users by their user ID";
    public const string TargetRegistrationIds = "Send to specific device registrations";
    public const string Broadcast = "Same request body as /send, but target_all is automatically set to true.";
    public const string AsyncMode = "Force async mode for any request by setting async_mode: true in the request body.";

    public const string Quota = "Check your notification quota usage.";
    public const string ListClients = "List registered push notification clients.";
    public const string StatusFilter = "Filter by status: active, inactive, expired, unregistered";
    public const string EmailFilter = "Filter by user email";
    public const string Limit = "Max results (default 100, max 1000)";
    public const string Offset = "Pagination offset";
    public const string GetClient = "Returns the same client object structure as the list endpoint.";
    public const string Deregister = "Remove a client from push notifications.";
    public const string Service = "Get your PWA service configuration and statistics.";

    public const string Unauthorized = "Invalid or missing secret key";
    public const string Forbidden = "Secret key doesn't have permission";
    public const string InvalidRequest = "Malformed JSON or missing required fields";
    public const string NotFound = "Client registration not found";
}
