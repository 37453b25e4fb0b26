using Microsoft.Extensions.Primitives;
using Pushbell.Dispatch.Organizations;

namespace Pushbell.Server.Hosting;

/// <summary>From where pages may call for a service: its allowed origins, and this server itself, which serves the hosted PWA.</summary>
internal sealed class PageOrigins(ServiceOrigins origins, OwnAddresses own)
{
    public async Task<bool> AllowsAsync(Caller caller, StringValues origin, CancellationToken cancellationToken) =>
        origin is [{ Length: > 0 } single]
        && (own.Contains(single) || await origins.AllowsAsync(caller.OrganizationId, caller.ServiceId, single, cancellationToken));

    /// <summary>Whether any service allows it: all that a preflight, which carries neither key nor token, can be told by.</summary>
    public async Task<bool> AnyAllowsAsync(StringValues origin, CancellationToken cancellationToken) =>
        origin is [{ Length: > 0 } single] && (own.Contains(single) || await origins.AnyAllowsAsync(single, cancellationToken));
}
