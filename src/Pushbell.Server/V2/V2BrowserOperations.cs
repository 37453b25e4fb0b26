using Pushbell.Server.Hosting.OpenApi;

namespace Pushbell.Server.V2;

/// <summary>What pages call, as the document of /v2/push describes it.</summary>
internal static class V2BrowserOperations
{
    private static readonly Parameter RegistrationId = new("registration_id", "As the registration was answered, `reg_…`.");

    public static Operation GetConfiguration { get; } =
        new("getConfiguration", V2Reference.Registrations, "Get what a page needs to subscribe", "The service that the publishable key belongs to, with the key for `PushManager.subscribe`.")
        {
            Answer = typeof(ConfigurationAnswer),
            AnswerDescription = "The service as a page sees it.",
            AnswerExamples = [V2BrowserExamples.Configuration],
        };

    public static OperationWithBody Register { get; } =
        new(
            "register",
            V2Reference.Registrations,
            "Register a browser",
            "Stores the PushSubscription of a browser or installed web app. The same endpoint again updates its registration: with the same keys, or with the `registration_token` of that registration as `Authorization: Bearer` besides."
        )
        {
            Body = typeof(RegisterBody),
            BodyExamples = [V2BrowserExamples.RegisterBody],
            Answer = typeof(RegisterAnswer),
            Status = StatusCodes.Status201Created,
            AnswerDescription = "The client object, and the token that lets the page change or remove this registration.",
            AnswerExamples = [V2BrowserExamples.Registered],
        };

    public static OperationWithBody ChangeRegistration { get; } =
        new(
            "changeRegistration",
            V2Reference.Registrations,
            "Change a registration",
            """
            The holder of a registration's token changes it: a new subscription, another person, the device. What is left out stays.
            A new subscription makes an expired or inactive registration active again; an unregistered one must register anew.
            """
        )
        {
            Parameters = [RegistrationId],
            Security = V2Reference.RegistrationToken,
            Body = typeof(ChangeBody),
            BodyExamples = [V2BrowserExamples.ChangeBody],
            Answer = typeof(ClientAnswer),
            AnswerDescription = "The client as it is now.",
            AnswerExamples = [V2Examples.Client],
        };

    public static Operation Heartbeat { get; } =
        new(
            "heartbeat",
            V2Reference.Registrations,
            "Give a sign of life",
            "Once a minute while the page is visible: the client counts as online for two minutes. The answer says whether the browser must subscribe again."
        )
        {
            Parameters = [RegistrationId],
            Security = V2Reference.RegistrationToken,
            Answer = typeof(HeartbeatAnswer),
            AnswerDescription = "How the registration stands.",
            AnswerExamples = [V2BrowserExamples.Heartbeat],
        };

    public static OperationWithBody Report { get; } =
        new(
            "reportReceipts",
            V2Reference.Registrations,
            "Report what became of notifications",
            """
            What a service worker saw: shown, clicked, dismissed. Each is counted once per notification, registration and event, however often
            it is reported. Ids that are unknown, or were never sent to this registration, are not counted and are no error.
            """
        )
        {
            Parameters = [RegistrationId],
            Security = V2Reference.RegistrationToken,
            Body = typeof(ReceiptsBody),
            BodyExamples = [V2BrowserExamples.ReceiptsBody],
            Answer = typeof(ReceiptsAnswer),
            AnswerDescription = "The receipts are counted.",
            AnswerExamples = [V2BrowserExamples.Receipts],
        };

    public static Operation Unregister { get; } =
        new("unregister", V2Reference.Registrations, "Take a registration back", "The holder of a registration's token removes it.")
        {
            Parameters = [RegistrationId],
            Security = V2Reference.RegistrationToken,
            Answer = typeof(DeregisterAnswer),
            AnswerDescription = "The registration is removed.",
            AnswerExamples = [V2Examples.Deregistered],
        };
}
