using Pushbell.Dispatch.Organizations;

namespace Pushbell.Server.Hosting;

/// <summary>Which key an endpoint asks for; attached to route groups as metadata and checked before any of the body is read.</summary>
/// <param name="Header">Where the key is presented.</param>
/// <param name="Kinds">The kinds of key that may pass.</param>
/// <param name="Scope">What a restricted key must be allowed to do.</param>
/// <param name="Limit">Which rate limit counts the request.</param>
internal sealed record KeyAccess(string Header, IReadOnlyList<KeyKind> Kinds, string Scope, RateLimit Limit)
{
    /// <summary>Which limit counts it, by address, when a page's key presents it.</summary>
    public PageLimit PageLimit { get; init; }
}

internal static class KeyAccessMiddleware
{
    /// <summary>Checks the key or the token of every endpoint that asks for one, before its body is read.</summary>
    public static void UseKeyAccess(this WebApplication app) =>
        app.Use(
            async (context, next) =>
            {
                if (await CheckAsync(context) is { } refusal)
                {
                    await ApiEdge.RefuseAsync(context, refusal);
                    return;
                }

                await next(context);
            }
        );

    private static async Task<Refusal?> CheckAsync(HttpContext context)
    {
        var asked = context.GetEndpoint()?.Metadata;
        if (asked?.GetMetadata<KeyAccess>() is { } key)
        {
            return await context.RequestServices.GetRequiredService<KeyGate>().CheckAsync(context, key);
        }

        return asked?.GetMetadata<TokenAccess>() is { } token
            ? await context.RequestServices.GetRequiredService<TokenGate>().CheckAsync(context, token)
            : null;
    }
}
