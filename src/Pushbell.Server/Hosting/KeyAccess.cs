using Pushbell.Dispatch.Organizations;

namespace Pushbell.Server.Hosting;

/// <summary>Which key an endpoint asks for; attached to route groups as metadata and checked before any of the body is read.</summary>
/// <param name="Header">Where the key is presented.</param>
/// <param name="Kinds">The kinds of key that may pass.</param>
/// <param name="Scope">What a restricted key must be allowed to do.</param>
/// <param name="Limit">Which rate limit counts the request.</param>
internal sealed record KeyAccess(string Header, IReadOnlyList<KeyKind> Kinds, string Scope, RateLimit Limit);

internal static class KeyAccessMiddleware
{
    /// <summary>Checks the key of every endpoint that asks for one, before its body is read.</summary>
    public static void UseKeyAccess(this WebApplication app) =>
        app.Use(
            async (context, next) =>
            {
                if (context.GetEndpoint()?.Metadata.GetMetadata<KeyAccess>() is { } access)
                {
                    var gate = context.RequestServices.GetRequiredService<KeyGate>();
                    if (await gate.CheckAsync(context, access) is { } refusal)
                    {
                        await ApiEdge.RefuseAsync(context, refusal);
                        return;
                    }
                }

                await next(context);
            }
        );
}
