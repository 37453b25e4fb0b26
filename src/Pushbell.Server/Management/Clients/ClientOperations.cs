using Pushbell.Server.Hosting.OpenApi;
using Pushbell.Server.Management.Notifications;

namespace Pushbell.Server.Management.Clients;

/// <summary>What the API document says of clients and troubleshooting.</summary>
internal static class ClientOperations
{
    private const string Text = """
        {"registration_id": "reg_abc123", "status": "active", "status_reason": null, "is_online": false, "is_installed": true, "user_email": "user@example.com", "user_id": null, "last_active": "2024-01-15T10:30:00Z", "last_notified_at": "2024-01-15T10:30:00Z", "notification_count": 42, "device_info": {"browser_name": "Chrome", "browser_version": "120", "os_name": "Windows", "device_type": "desktop"}, "push_service": "fcm.googleapis.com", "language": "en-GB", "time_zone": "Europe/London", "vapid_key_is_current": true, "created_at": "2024-01-01T00:00:00Z"}
        """;

    private static readonly Parameter Registration = new("registration_id", "The client, `reg_…`.");

    private static readonly IReadOnlyList<Parameter> Path = [ManageParameters.Organization, ManageParameters.Service, Registration];

    private static readonly Example Example = new("client", "An installed web app", Text);

    public static Operation List { get; } =
        new("listManagedClients", ManageReference.Clients, "List clients", "The newest first. For deep lists, page with `after` rather than `offset`.")
        {
            Parameters =
            [
                ManageParameters.Organization,
                ManageParameters.Service,
                new("status", "Only clients with this status.") { Values = ["active", "inactive", "expired", "unregistered"] },
                new("user_email", "Only clients of this person; letter case does not matter.") { Format = "email" },
                new("user_id", "Only clients of this person, by your own id."),
                new("search", "Exactly an email, a user id or a `reg_…` id."),
                ManageParameters.Limit,
                new("offset", "How many to skip.") { Number = new(0, int.MaxValue, 0) },
                ManageParameters.After,
            ],
            Answer = typeof(ClientList),
            AnswerDescription = "One page of clients.",
            AnswerExamples = [new("clients", "The only page", $$"""{"clients": [{{Text}}], "total": 1, "next": null}""")],
            Refusals = [400, 404],
        };

    public static Operation Get { get; } =
        new("getManagedClient", ManageReference.Clients, "Get a client", "One client, as the list shows it.")
        {
            Parameters = Path,
            Answer = typeof(Client),
            AnswerDescription = "The client.",
            AnswerExamples = [Example],
            Refusals = [404],
        };

    public static Operation Deregister { get; } =
        new("deregisterManagedClient", ManageReference.Clients, "Deregister a client", "Nothing is sent to it any more. Doing it twice is a success.")
        {
            Parameters = [.. Path, new("reason", "Why, in your words; kept up to 255 characters.")],
            Status = StatusCodes.Status204NoContent,
            Answer = null,
            AnswerDescription = "The client is deregistered.",
            Refusals = [404],
        };

    public static Operation Test { get; } =
        new("testClient", ManageReference.Clients, "Send a test", "A short notification to this client alone; it counts like any other.")
        {
            Parameters = Path,
            Status = StatusCodes.Status202Accepted,
            Answer = typeof(Notification),
            AnswerDescription = "The test is accepted; follow its events.",
            Refusals = [402, 404, 409, 429],
        };

    public static Operation Troubleshoot { get; } =
        new("troubleshoot", ManageReference.Clients, "Troubleshoot", "Why was this person not reached? Answered from what is stored; name exactly one of the three.")
        {
            Parameters =
            [
                ManageParameters.Organization,
                ManageParameters.Service,
                new("user_email", "The person's email.") { Format = "email" },
                new("user_id", "Your own id for the person."),
                new("registration_id", "One client, `reg_…`."),
            ],
            Answer = typeof(Troubleshooting),
            AnswerDescription = "What was found, the gravest first.",
            AnswerExamples =
            [
                new(
                    "unknown",
                    "Nobody is registered",
                    """
                    {"verdict": "Nobody is registered as ann@example.com.", "findings": [{"level": "problem", "sentence": "Nobody is registered as ann@example.com.", "what_to_do": "Check the spelling.", "registration_id": null}], "clients": [], "recent": []}
                    """
                ),
            ],
            Refusals = [400, 404],
        };

    public static OperationWithBody RegisterThisBrowser { get; } =
        new("registerThisBrowser", ManageReference.Clients, "Register this browser", "The browser that asks, under the email of the account that is signed in, so that a test can be sent to it.")
        {
            Parameters = [ManageParameters.Organization, ManageParameters.Service],
            Body = typeof(ThisBrowserBody),
            BodyExamples =
            [
                new(
                    "browser",
                    "A browser",
                    """
                    {"subscription": {"endpoint": "https://updates.push.services.mozilla.com/wpush/v2/gAAAAABexample", "keys": {"p256dh": "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4", "auth": "BTBZMqHH6r4Tts7J_aSIgg"}}, "device_info": {"browser_name": "Firefox"}}
                    """
                ),
            ],
            Status = StatusCodes.Status201Created,
            Answer = typeof(Client),
            AnswerDescription = "The browser is registered.",
            AnswerExamples = [Example],
            Refusals = [404, 409],
        };
}
