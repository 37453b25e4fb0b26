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
        push.MapPost("/send", SendEndpoints.SendAsync).WithMetadata(SecretKey("send"));
        push.MapPost("/broadcast", SendEndpoints.BroadcastAsync).WithMetadata(SecretKey("send"));
        push.MapGet("/requests", RequestEndpoints.ListAsync).WithMetadata(SecretKey("read"));
        push.MapGet("/requests/{request_id}", RequestEndpoints.GetAsync).WithMetadata(SecretKey("read"));
        push.MapGet("/requests/{request_id}/deliveries", RequestEndpoints.ListDeliveriesAsync).WithMetadata(SecretKey("read"));
        push.MapGet("/quota", ServiceEndpoints.GetQuotaAsync).WithMetadata(SecretKey("read"));
        push.MapGet("/service", ServiceEndpoints.GetServiceAsync).WithMetadata(SecretKey("read"));
        push.MapGet("/clients", ClientEndpoints.ListAsync).WithMetadata(SecretKey("clients"));
        push.MapGet("/clients/{registration_id}", ClientEndpoints.GetAsync).WithMetadata(SecretKey("clients"));
        push.MapDelete("/clients/{registration_id}", ClientEndpoints.DeregisterAsync).WithMetadata(SecretKey("clients"));

        var registrations = push.MapGroup("/registrations");
        registrations.MapGet("/config", RegistrationEndpoints.GetConfigurationAsync).WithMetadata(PublishableKey);
        registrations.MapPost("", RegistrationEndpoints.RegisterAsync).WithMetadata(PublishableKey);
        registrations.MapDelete("/{registration_id}", RegistrationEndpoints.UnregisterAsync);
    }

    private static KeyAccess PublishableKey { get; } = new("X-Publishable-Key", [KeyKind.Publishable], "", RateLimit.None);

    private static KeyAccess SecretKey(string scope) => new("X-Secret-Key", [KeyKind.Secret, KeyKind.Restricted], scope, RateLimit.Requests);
}
