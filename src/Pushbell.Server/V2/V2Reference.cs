using Pushbell.Server.Hosting.OpenApi;

namespace Pushbell.Server.V2;

/// <summary>What the document of /v2/push says of the API as a whole; its operations are in <see cref="V2Operations"/> and <see cref="V2BrowserOperations"/>.</summary>
internal static class V2Reference
{
    public const string Notifications = "Notifications",
        Requests = "Requests",
        Clients = "Clients",
        Service = "Service",
        Registrations = "Registrations",
        RegistrationToken = "registration_token";

    public static ApiDocument Document { get; } =
        new("v2", V2Routes.Path)
        {
            Title = "Pushbell /v2/push",
            Description = """
                Web push to people, devices or everybody. All bodies are JSON; all errors are `{"detail", "code"}`: one sentence to read and one code to branch on.

                Pass the secret key in `X-Secret-Key`. It has full access to the organization and belongs on a server only: a request that
                carries it together with an `Origin` is refused. Restricted keys do only what their scopes name: `send`, `read`, `clients`.

                At most 6,000 requests in any 60 seconds per key, unless the operator sets another limit; each answer tells what is left in
                `RateLimit`. What a plan allows per hour and day is at `GET /v2/push/quota`. A 5xx means that nothing was sent and nothing charged.
                """,
            Tags =
            [
                (Notifications, "Send to people, devices or everybody."),
                (Requests, "What became of accepted sends."),
                (Clients, "The browsers and installed web apps that can be reached."),
                (Service, "How the service is set up, and what its plan still allows."),
                (Registrations, "What a page calls to register its browser."),
            ],
            Keys =
            [
                ("X-Secret-Key", "A secret key, `sk_…`, or a restricted one, `rk_…`, with the scope that the operation needs."),
                ("X-Publishable-Key", "A publishable key, `pk_…`, safe in a page; only with an allowed `Origin`."),
            ],
            Tokens = [(RegistrationToken, "The `registration_token` that a registration was answered with. It is good for that registration only.")],
            Error = typeof(ErrorAnswer),
            Json = V2Json.Default,
            Refusals =
            [
                new(400, "Malformed JSON, missing or bad fields, or a notification too large for one push message.", Error("INVALID_REQUEST", "title is required and must not be empty.")),
                new(401, "Invalid or missing key or token.", Error("UNAUTHORIZED", "Invalid or missing secret key: send it in the X-Secret-Key header.")),
                new(402, "Insufficient credits: the balance is smaller than the number of targets. Nothing was sent."),
                new(
                    403,
                    "A known key of the wrong kind, a secret key with an Origin, a restricted key without the scope, an origin that is not allowed, a missing or bad identity token, an endpoint of another registration, a person with 20 active devices, or the service switched off.",
                    Error("FORBIDDEN", "This restricted key lacks the scope 'send'.")
                ),
                new(404, "Nothing of this organization has that id.", Error("NOT_FOUND", "There is no client registration reg_abc123.")),
                new(409, "The same request, by its Idempotency-Key, is still under way."),
                new(413, "The body is larger than 65,536 bytes, or 1,048,576 with a list of targets."),
                new(415, "The body is not application/json in UTF-8, or is compressed."),
                new(422, "The Idempotency-Key was used before with another body."),
                new(
                    429,
                    "Too many requests with this key, from this address or for this person (`RATE_LIMITED`), or the targets do not fit into the plan's quota (`QUOTA_EXCEEDED`); then nothing was sent.",
                    new("rate_limited", "Too many requests", """{"detail": "Rate limit exceeded: at most 6000 requests per minute for this key.", "code": "RATE_LIMITED"}"""),
                    new("quota_exceeded", "The plan's quota", """{"detail": "Notification quota exceeded for today", "code": "QUOTA_EXCEEDED"}""")
                ),
                new(500, "Something went wrong here (`INTERNAL_ERROR`). Nothing was sent and nothing charged."),
                new(503, "The database is away (`SERVICE_UNAVAILABLE`). Nothing was sent and nothing charged."),
            ],
        };

    private static Example Error(string code, string sentence) =>
        new(code.ToLowerInvariant(), sentence, $$"""{"detail": "{{sentence}}", "code": "{{code}}"}""");
}
