using Pushbell.Server.Hosting.OpenApi;

namespace Pushbell.Server.V1;

/// <summary>What the document of /v1 says.</summary>
internal static class V1Reference
{
    private const string Notifications = "Notifications",
        Subscriptions = "Subscriptions";

    public static ApiDocument Document { get; } =
        new("v1", V1Routes.Path)
        {
            Title = "Pushbell /v1",
            Description = """
                Web push to all devices of one person, known by email. All bodies are JSON, all errors are `{"error"}` with one sentence.

                Pass the API key in `X-Api-Key`. It belongs on a server only: a request that carries it together with an `Origin` is refused.
                `subscribe` and `unsubscribe` also take a publishable key (`pk_…`) there, from a page of an allowed origin.

                At most 60 sends in any 60 seconds per key, unless the operator sets another limit; each answer to a send tells what is left in `RateLimit`.
                A 5xx means that nothing was sent and nothing charged: it is safe to try again, with exponential backoff.

                iOS delivers web push only to web apps on the Home Screen, and shows every message: there are no silent ones.
                """,
            Tags =
            [
                (Notifications, "Send to a person's devices."),
                (Subscriptions, "What a page does for its visitor; a backend need not."),
            ],
            Keys = [("X-Api-Key", "An API key, `psk_…`. Where a page may call, a publishable key, `pk_…`, from an allowed origin.")],
            Error = typeof(ErrorAnswer),
            Json = V1Json.Default,
            Refusals =
            [
                new(400, "Missing or malformed required fields, malformed JSON, or a notification too large for one push message.", Error("email is required.")),
                new(401, "Missing or invalid X-Api-Key header.", Error("Invalid or missing API key: send it in the X-Api-Key header.")),
                new(402, "Insufficient credits: the balance is smaller than the number of devices. Nothing was sent."),
                new(403, "A known key of the wrong kind, an API key with an Origin, an origin that is not allowed, a missing or bad identity token, an endpoint of another registration, a person with 20 active devices, or the service switched off."),
                new(404, "No active subscriptions for this email: the person never subscribed, or all subscriptions have expired.", Error("No active subscriptions found for this email.")),
                new(409, "The same request, by its Idempotency-Key, is still under way."),
                new(413, "The body is larger than 65,536 bytes."),
                new(415, "The body is not application/json in UTF-8, or is compressed."),
                new(422, "The Idempotency-Key was used before with another body."),
                new(429, "Too many sends in a minute with this key, too many subscriptions by pages of one address or for one email, or the plan's quota is used up; the sentence says which.", Error("Rate limit exceeded: at most 60 sends per minute for this key.")),
                new(500, "A server error. Nothing was sent and nothing charged."),
                new(503, "The database is away. Nothing was sent and nothing charged."),
            ],
        };

    public static OperationWithBody Send { get; } =
        new(
            "send",
            Notifications,
            "Send a notification",
            "Delivers to all active devices enrolled under the email address. Each accepted delivery debits one credit; deliveries that fail are not charged."
        )
        {
            Body = typeof(SendBody),
            BodyExamples =
            [
                new(
                    "table",
                    "A table is ready",
                    """{"email": "guest@example.com", "title": "Your table is ready", "body": "Head to the host stand — your party of 4 is up.", "url": "https://your-site.com/reservation/abc123"}"""
                ),
            ],
            TakesIdempotencyKey = true,
            Answer = typeof(SendAnswer),
            AnswerDescription = "The send is through, whether or not a device could be reached.",
            AnswerExamples = [new("sent", "Two devices, such as a phone and a laptop", """{"sent": 2, "failed": 0, "credits": 9998}""")],
            Refusals = [402, 404],
        };

    public static OperationWithBody Subscribe { get; } =
        new(
            "subscribe",
            Subscriptions,
            "Register a push subscription",
            "Stores a browser's PushSubscription under an email. The same endpoint again replaces its keys and binds it to the new email."
        )
        {
            Body = typeof(SubscribeBody),
            BodyExamples =
            [
                new(
                    "subscription",
                    "What the browser's PushSubscription gives as JSON",
                    """
                    {
                      "email": "guest@example.com",
                      "subscription": {
                        "endpoint": "https://updates.push.services.mozilla.com/wpush/v2/gAAAAABexample",
                        "keys": {
                          "p256dh": "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
                          "auth": "BTBZMqHH6r4Tts7J_aSIgg"
                        }
                      }
                    }
                    """
                ),
            ],
            Answer = typeof(SubscribeAnswer),
            Status = StatusCodes.Status201Created,
            AnswerDescription = "The subscription is active.",
            AnswerExamples = [new("subscribed", "Registered", """{"ok": true}""")],
        };

    public static OperationWithBody Unsubscribe { get; } =
        new("unsubscribe", Subscriptions, "Remove a person's subscriptions", "Deactivates all subscriptions of the email. Nobody with that email is no error.")
        {
            Body = typeof(UnsubscribeBody),
            BodyExamples = [new("person", "By email", """{"email": "guest@example.com"}""")],
            Answer = typeof(UnsubscribeAnswer),
            AnswerDescription = "The subscriptions are deactivated.",
            AnswerExamples = [new("removed", "Two were active", """{"removed": 2}""")],
        };

    private static Example Error(string sentence) => new("error", sentence, $$"""{"error": "{{sentence}}"}""");
}
