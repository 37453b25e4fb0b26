using Pushbell.Dispatch.Organizations;
using Pushbell.Server.Hosting;

namespace Pushbell.Server.V1;

/// <summary>The route table of /v1.</summary>
internal static class V1Routes
{
    public const string Path = "/v1";

    public static void MapV1(this IEndpointRouteBuilder app)
    {
        var v1 = app.MapGroup("/v1");
        v1.MapPost("/send", V1Endpoints.SendAsync).WithMetadata(ApiKey(RateLimit.Sends), V1Reference.Send);
        v1.MapPost("/subscribe", V1Endpoints.SubscribeAsync).WithMetadata(ApiKey(RateLimit.None, KeyKind.Publishable), V1Reference.Subscribe);
        v1.MapPost("/unsubscribe", V1Endpoints.UnsubscribeAsync).WithMetadata(ApiKey(RateLimit.None, KeyKind.Publishable), V1Reference.Unsubscribe);
    }

    private static KeyAccess ApiKey(RateLimit limit, params KeyKind[] also) =>
        new("X-Api-Key", [KeyKind.Api, .. also], "", limit) { PageLimit = PageLimit.Registrations };
}
