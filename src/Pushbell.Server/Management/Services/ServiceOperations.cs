using Pushbell.Server.Hosting.OpenApi;

namespace Pushbell.Server.Management.Services;

/// <summary>What the API document says of services.</summary>
internal static class ServiceOperations
{
    private const string Text = """
        {"service_id": "svc_123", "identifier": "my-app", "name": "My App", "contact_email": "push@example.org", "has_placeholder_contact": false, "icon": null, "is_active": true, "notifications_enabled": true, "allowed_origins": ["https://app.example.com"], "theme_color": "#1f4fd8", "background_color": "#ffffff", "click_links": false, "identity_mode": "off", "has_identity_key": false, "vapid_public_key": "BKxxx...", "active_clients": 1500, "pwa_url": "https://push.example.com/pwa/my-app/", "created_at": "2024-01-01T00:00:00Z"}
        """;

    private static readonly Example Example = new("service", "An application", Text);

    public static Operation List { get; } =
        new("listServices", ManageReference.Services, "List services", "The PWAs of an organization, the oldest first.")
        {
            Parameters = [ManageParameters.Organization],
            Answer = typeof(ServiceList),
            AnswerDescription = "All services.",
            AnswerExamples = [new("services", "One", $$"""{"services": [{{Text}}]}""")],
            Refusals = [404],
        };

    public static OperationWithBody Create { get; } =
        new("createService", ManageReference.Services, "Make a service", "With VAPID keys of its own: generated, or the pair that subscriptions elsewhere were made with.")
        {
            Parameters = [ManageParameters.Organization],
            Body = typeof(NewService),
            BodyExamples =
            [
                new("app", "An application", """{"identifier": "my-app", "name": "My App", "contact_email": "push@example.org", "allowed_origins": ["https://app.example.com"]}"""),
            ],
            Status = StatusCodes.Status201Created,
            Answer = typeof(Service),
            AnswerDescription = "The service is made.",
            AnswerExamples = [Example],
            Refusals = [404, 409],
        };

    public static Operation Get { get; } =
        new("getService", ManageReference.Services, "Get a service", "How it is set up, and how many it reaches.")
        {
            Parameters = [ManageParameters.Organization, ManageParameters.Service],
            Answer = typeof(Service),
            AnswerDescription = "The service.",
            AnswerExamples = [Example],
            Refusals = [404],
        };

    public static OperationWithBody Change { get; } =
        new("changeService", ManageReference.Services, "Change a service", "What is left out stays. It holds from the next request on; push services learn of a new contact within a minute.")
        {
            Parameters = [ManageParameters.Organization, ManageParameters.Service],
            Body = typeof(ServiceChange),
            BodyExamples = [new("contact", "A real contact", """{"contact_email": "push@example.org"}""")],
            Answer = typeof(Service),
            AnswerDescription = "The service as it is now.",
            AnswerExamples = [Example],
            Refusals = [404, 409],
        };

    public static OperationWithBody SetIdentityKey { get; } =
        new("setIdentityKey", ManageReference.Services, "Set the identity key", "What identity tokens are checked with. It is sealed, and shown to nobody.")
        {
            Parameters = [ManageParameters.Organization, ManageParameters.Service],
            Body = typeof(IdentityKeyBody),
            BodyExamples = [new("secret", "A shared secret", """{"key": "0123456789abcdef0123456789abcdef"}""")],
            Answer = typeof(Service),
            AnswerDescription = "The service as it is now.",
            AnswerExamples = [Example],
            Refusals = [404, 409],
        };
}
