using Microsoft.Extensions.Primitives;
using Pushbell.Dispatch.Organizations;

namespace Pushbell.Server.Hosting;

/// <summary>Authenticates requests to endpoints with a <see cref="KeyAccess"/>.</summary>
internal sealed class KeyGate(KeyRing keys, PageOrigins origins, RateLimits limits, PageLimits pageLimits)
{
    /// <summary>Said to whoever would use a service that is switched off.</summary>
    public const string SwitchedOff = "Push notifications are switched off for this service.";

    /// <returns>Null when the caller is known and allowed; he is then <see cref="CallerOf"/>.</returns>
    public async Task<Refusal?> CheckAsync(HttpContext context, KeyAccess access)
    {
        var presented = context.Request.Headers[access.Header];
        if (presented.Count != 1 || presented[0] is not { Length: > 0 and <= 256 } key)
        {
            return new Refusal(RefusalKind.Unauthorized, $"Invalid or missing {Noun(access)}: send it in the {access.Header} header.");
        }

        if (await keys.FindAsync(key, context.RequestAborted) is not { } caller)
        {
            return new Refusal(RefusalKind.Unauthorized, $"Invalid or missing {Noun(access)}: the one in {access.Header} is unknown or revoked.");
        }

        context.Features.Set(caller);
        var use = await limits.CountAsync(caller, access.Limit, context.RequestAborted);
        use?.WriteHeaders(context.Response.Headers);
        return await ForbidAsync(context, access, caller) ?? use?.ToRefusal("for this key") ?? await CheckPageAsync(context, access, caller);
    }

    public static Caller CallerOf(HttpContext context) =>
        context.Features.Get<Caller>() ?? throw new InvalidOperationException("The route asks for no key.");

    private async Task<Refusal?> ForbidAsync(HttpContext context, KeyAccess access, Caller caller)
    {
        if (!access.Kinds.Contains(caller.Kind))
        {
            var wanted = string.Join(" or ", access.Kinds.Select(ApiKey.Prefix));
            return new Refusal(RefusalKind.Forbidden, $"This key may not do that: {wanted} is needed here, not {ApiKey.Prefix(caller.Kind)}.");
        }

        if (!caller.Allows(access.Scope))
        {
            return new Refusal(RefusalKind.Forbidden, $"This restricted key lacks the scope {access.Scope}.");
        }

        var origin = context.Request.Headers.Origin;
        if (caller.Kind == KeyKind.Publishable)
        {
            // A page that reads from its own server sends no Origin with a GET, and what such a key can read is public.
            var isOwnRead = StringValues.IsNullOrEmpty(origin) && HttpMethods.IsGet(context.Request.Method);
            if (!isOwnRead && !await origins.AllowsAsync(caller, origin, context.RequestAborted))
            {
                return new Refusal(
                    RefusalKind.Forbidden,
                    $"The origin {(StringValues.IsNullOrEmpty(origin) ? "(none was sent)" : origin)} may not use this publishable key; add it to the service's allowed origins."
                );
            }
        }
        else if (!StringValues.IsNullOrEmpty(origin))
        {
            return new Refusal(RefusalKind.Forbidden, "This key came from a web page, where anyone can read it. Use it on a server only, and revoke it now.");
        }

        return caller.ServiceIsOn ? null : new Refusal(RefusalKind.Forbidden, SwitchedOff);
    }

    private async ValueTask<Refusal?> CheckPageAsync(HttpContext context, KeyAccess access, Caller caller) =>
        caller.Kind == KeyKind.Publishable ? await pageLimits.CheckAsync(context, caller, access.PageLimit) : null;

    private static string Noun(KeyAccess access) =>
        access.Kinds[0] switch
        {
            KeyKind.Secret => "secret key",
            KeyKind.Publishable => "publishable key",
            _ => "API key",
        };
}
