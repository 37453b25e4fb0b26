using Pushbell.Server.Hosting;
using Pushbell.Server.Hosting.OpenApi;
using Pushbell.Server.Hosting.Sending;

namespace Pushbell.Server.V2;

/// <summary>What the document of /v2/push says of each operation, in the order of the route table.</summary>
internal static class V2Operations
{
    private static readonly Parameter Limit =
        new("limit", "How many to list.") { Number = new(1, Paging.MaxLimit, Paging.DefaultLimit) };

    private static readonly Parameter RequestId = new("request_id", "As the send was answered, `req_…`.");
    private static readonly Parameter RegistrationId = new("registration_id", "As the registration was answered, `reg_…`.");

    public static OperationWithBody Send { get; } =
        new(
            "send",
            V2Reference.Notifications,
            "Send notification",
            """
            Sends to the people or devices named by exactly one of `target_all`, `target_user_emails`, `target_user_ids`, `target_registration_ids`.
            A person is reached on every active registration. Ids and emails that nobody has are no error.

            Up to 100 targets are delivered within the request; the answer counts the first attempt, and what must be retried goes on in the
            background. More than 100, or `async_mode: true`, are answered at once with `queued`. Both become final at `GET /v2/push/requests/{request_id}`.
            """
        )
        {
            Body = typeof(SendBody),
            BodyExamples = V2Examples.SendBodies,
            TakesIdempotencyKey = true,
            Answer = typeof(SendAnswer),
            AnswerDescription = "The send is accepted: delivered, under way or queued.",
            AnswerExamples = V2Examples.SendAnswers,
            Refusals = [402],
        };

    public static OperationWithBody Broadcast { get; } =
        Send with
        {
            Id = "broadcast",
            Summary = "Broadcast notification",
            Description = "The same as a send with `target_all: true`, whatever the body says of targets.",
            BodyExamples = V2Examples.BroadcastBodies,
        };

    public static Operation ListRequests { get; } =
        new("listRequests", V2Reference.Requests, "List requests", "Accepted sends, newest first.")
        {
            Parameters = [Limit, new("after", "`next` of the page before.")],
            Answer = typeof(RequestsAnswer),
            AnswerDescription = "One page of requests.",
            AnswerExamples = [V2Examples.Requests],
            Refusals = [400],
        };

    public static Operation GetRequest { get; } =
        new(
            "getRequest",
            V2Reference.Requests,
            "Get request",
            "Where a send stands: the fields of its answer, what is still pending, and how the rest ended. A TTL that runs out shows within 15 seconds."
        )
        {
            Parameters = [RequestId],
            Answer = typeof(RequestAnswer),
            AnswerDescription = "The request as it is now.",
            AnswerExamples = [V2Examples.Request],
            Refusals = [404],
        };

    public static Operation CancelRequest { get; } =
        new(
            "cancelRequest",
            V2Reference.Requests,
            "Cancel request",
            """
            Recalls a send. What nobody is delivering yet ends `cancelled`, and its quota and credits are returned; what is on its way just now ends as
            it ends. Messages that a push service still holds are withdrawn there where it offers that (Mozilla does). Doing it twice is a success.
            """
        )
        {
            Parameters = [RequestId],
            Answer = typeof(RequestAnswer),
            AnswerDescription = "The request as it is now.",
            AnswerExamples = [V2Examples.Cancelled],
            Refusals = [404],
        };

    public static Operation ListDeliveries { get; } =
        new("listDeliveries", V2Reference.Requests, "List deliveries", "What became of each recipient of a request, in the order in which they are served.")
        {
            Parameters =
            [
                RequestId,
                new("outcome", "Only deliveries that ended so, or have not ended.") { Values = ["pending", "accepted", "gone", "rejected", "expired", "cancelled"] },
                Limit,
                new("after", "`next` of the page before."),
            ],
            Answer = typeof(DeliveriesAnswer),
            AnswerDescription = "One page of recipients.",
            AnswerExamples = [V2Examples.Deliveries],
            Refusals = [400, 404],
        };

    public static Operation GetQuota { get; } =
        new("getQuota", V2Reference.Service, "Get notification quota", "What the plan allows per UTC hour and day, and what is left of it. Without a limit both are null.")
        {
            Answer = typeof(QuotaAnswer),
            AnswerDescription = "The quota at this moment.",
            AnswerExamples = [V2Examples.Quota],
        };

    public static Operation GetService { get; } =
        new("getService", V2Reference.Service, "Get service info", "The configuration of the service that the key belongs to, and how many it reaches.")
        {
            Answer = typeof(ServiceAnswer),
            AnswerDescription = "The service.",
            AnswerExamples = [V2Examples.Service],
        };

    public static Operation ListClients { get; } =
        new("listClients", V2Reference.Clients, "List clients", "Registered clients, newest first. For deep lists, page with `after` rather than `offset`.")
        {
            Parameters =
            [
                new("status", "Only clients with this status.") { Values = ["active", "inactive", "expired", "unregistered"] },
                new("user_email", "Only clients of this person; letter case does not matter.") { Format = "email" },
                Limit,
                new("offset", "How many to skip.") { Number = new(0, int.MaxValue, 0) },
                new("after", "The `registration_id` of the last client of the page before."),
            ],
            Answer = typeof(ClientsAnswer),
            AnswerDescription = "One page of clients.",
            AnswerExamples = [V2Examples.Clients],
            Refusals = [400],
        };

    public static Operation GetClient { get; } =
        new("getClient", V2Reference.Clients, "Get client status", "One client registration, as the list shows it.")
        {
            Parameters = [RegistrationId],
            Answer = typeof(ClientAnswer),
            AnswerDescription = "The client.",
            AnswerExamples = [V2Examples.Client],
            Refusals = [404],
        };

    public static Operation DeregisterClient { get; } =
        new("deregisterClient", V2Reference.Clients, "Deregister client", "Removes a client from push notifications. Doing it twice is a success.")
        {
            Parameters = [RegistrationId, new("reason", "Why, in your words; kept up to 255 characters.")],
            Answer = typeof(DeregisterAnswer),
            AnswerDescription = "The client is deregistered.",
            AnswerExamples = [V2Examples.Deregistered],
            Refusals = [404],
        };
}
