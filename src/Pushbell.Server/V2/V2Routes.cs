using Pushbell.Dispatch.Organizations;
using Pushbell.Server.Hosting;

namespace Pushbell.Server.V2;

/// <summary>The route table of /v2/push.</summary>
internal static class V2Routes
{
    public const string Path = "/v2";

    public static void MapV2(this IEndpointRouteBuilder app)
    {
        var push = app.MapGroup("/v2/push");
        push.MapPost("/send", SendEndpoints.SendAsync).WithMetadata(SecretKey("send"), V2Operations.Send);
        push.MapPost("/broadcast", SendEndpoints.BroadcastAsync).WithMetadata(SecretKey("send"), V2Operations.Broadcast);
        push.MapGet("/requests", RequestEndpoints.ListAsync).WithMetadata(SecretKey("read"), V2Operations.ListRequests);
        push.MapGet("/requests/{request_id}", RequestEndpoints.GetAsync).WithMetadata(SecretKey("read"), V2Operations.GetRequest);
        push.MapDelete("/requests/{request_id}", RequestEndpoints.CancelAsync).WithMetadata(SecretKey("send"), V2Operations.CancelRequest);
        push.MapGet("/requests/{request_id}/deliveries", RequestEndpoints.ListDeliveriesAsync).WithMetadata(SecretKey("read"), V2Operations.ListDeliveries);
        push.MapGet("/quota", ServiceEndpoints.GetQuotaAsync).WithMetadata(SecretKey("read"), V2Operations.GetQuota);
        push.MapGet("/service", ServiceEndpoints.GetServiceAsync).WithMetadata(SecretKey("read"), V2Operations.GetService);
        push.MapGet("/clients", ClientEndpoints.ListAsync).WithMetadata(SecretKey("clients"), V2Operations.ListClients);
        push.MapGet("/clients/{registration_id}", ClientEndpoints.GetAsync).WithMetadata(SecretKey("clients"), V2Operations.GetClient);
        push.MapDelete("/clients/{registration_id}", ClientEndpoints.DeregisterAsync).WithMetadata(SecretKey("clients"), V2Operations.DeregisterClient);

        var registrations = push.MapGroup("/registrations");
        registrations.MapGet("/config", RegistrationEndpoints.GetConfigurationAsync).WithMetadata(PublishableKey, V2BrowserOperations.GetConfiguration);
        registrations.MapPost("", RegistrationEndpoints.RegisterAsync).WithMetadata(PublishableKey with { PageLimit = PageLimit.Registrations }, V2BrowserOperations.Register);
        registrations.MapPatch("/{registration_id}", OwnRegistrationEndpoints.ChangeAsync).WithMetadata(Token, V2BrowserOperations.ChangeRegistration);
        registrations.MapPost("/{registration_id}/heartbeat", OwnRegistrationEndpoints.BeatAsync).WithMetadata(Token, V2BrowserOperations.Heartbeat);
        registrations.MapPost("/{registration_id}/receipts", OwnRegistrationEndpoints.ReportAsync).WithMetadata(Token, V2BrowserOperations.Report);
        // Taking it back is the person's right, whatever became of the service.
        registrations.MapDelete("/{registration_id}", OwnRegistrationEndpoints.UnregisterAsync).WithMetadata(Token with { EvenWhenOff = true }, V2BrowserOperations.Unregister);
    }

    private static KeyAccess PublishableKey { get; } = new("X-Publishable-Key", [KeyKind.Publishable], "", RateLimit.None);

    private static TokenAccess Token { get; } = new();

    private static KeyAccess SecretKey(string scope) => new("X-Secret-Key", [KeyKind.Secret, KeyKind.Restricted], scope, RateLimit.Requests);
}
