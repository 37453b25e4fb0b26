using Microsoft.Extensions.Primitives;
using Pushbell.Dispatch;
using Pushbell.Dispatch.Registrations;

namespace Pushbell.Server.Hosting;

/// <summary>Marks an endpoint whose caller shows the token of the registration that its path names.</summary>
/// <param name="EvenWhenOff">It is open although the service is switched off.</param>
internal sealed record TokenAccess(bool EvenWhenOff = false);

/// <summary>Authenticates requests to endpoints with a <see cref="TokenAccess"/>.</summary>
internal sealed class TokenGate(RegistrationHolders holders, PageOrigins origins, PageLimits limits)
{
    private const string Scheme = "Bearer ";

    /// <returns>Null when the token is the registration's; its holder is then <see cref="HolderOf"/>.</returns>
    public async Task<Refusal?> CheckAsync(HttpContext context, TokenAccess access)
    {
        if (limits.CheckRequest(context) is { } tooMany)
        {
            return tooMany;
        }

        if (
            context.Request.RouteValues["registration_id"] is not string text
            || !PublicId.TryRegistration(text, out var registration)
            || TokenOf(context) is not { } token
            || await holders.FindAsync(registration, token, context.RequestAborted) is not { } holder
        )
        {
            return new Refusal(RefusalKind.Unauthorized, "Send this registration's own registration_token as 'Authorization: Bearer …'.");
        }

        // Browsers send it with each of these methods, from pages and workers alike; only a program sends none.
        var origin = context.Request.Headers.Origin;
        if (!StringValues.IsNullOrEmpty(origin) && !await origins.AllowsAsync(holder.Caller, origin, context.RequestAborted))
        {
            return new Refusal(RefusalKind.Forbidden, $"The origin {origin} is not among the service's allowed origins.");
        }

        if (!holder.Caller.ServiceIsOn && !access.EvenWhenOff)
        {
            return new Refusal(RefusalKind.Forbidden, "Push notifications are switched off for this service.");
        }

        context.Features.Set(holder);
        return null;
    }

    public static RegistrationHolder HolderOf(HttpContext context) =>
        context.Features.Get<RegistrationHolder>() ?? throw new InvalidOperationException("The route asks for no token.");

    /// <returns>Null when the request carries no bearer token.</returns>
    public static string? TokenOf(HttpContext context) =>
        context.Request.Headers.Authorization.ToString() is var header && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            ? header[Scheme.Length..].Trim()
            : null;
}
