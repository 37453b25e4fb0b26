using System.Net;
using System.Net.Sockets;
using Pushbell.Dispatch.Limits;
using Pushbell.Dispatch.Organizations;
using Pushbell.Dispatch.Registrations;

namespace Pushbell.Server.Hosting;

internal enum PageLimit
{
    /// <summary>Reads, heartbeats, receipts: what a page does again and again.</summary>
    Requests,

    /// <summary>What puts rows into the database under names that a page gives.</summary>
    Registrations,
}

/// <summary>
/// What pages may ask for in any 60 seconds: anybody can read a publishable key, so these count by network address, and registrations
/// by the person named as well. Backends, with keys of their own, are not counted here.
/// </summary>
internal sealed class PageLimits(PushbellSettings settings, RequestWindows windows, SubscriberEmails emails, TimeProvider clock)
{
    private const int NetworkLength = 8;

    // These protect this process: a page's heartbeat must not cost the database a write.
    private readonly OwnWindow requests = new("page requests", settings.Limits.PageRequestsPerAddressPerMinute, clock);

    private readonly IRequestWindow addresses = windows.Create("registrations", settings.Limits.RegistrationsPerAddressPerMinute);
    private readonly IRequestWindow people = windows.Create("registrations", settings.Limits.RegistrationsPerEmailPerMinute);

    /// <returns>Null while there is room.</returns>
    public async ValueTask<Refusal?> CheckAsync(HttpContext context, Caller caller, PageLimit limit) =>
        limit switch
        {
            PageLimit.Requests => CheckRequest(context),
            PageLimit.Registrations => (await CountAsync(addresses, context, caller, AddressOf(context))).ToRefusal("from this address"),
            _ => throw new ArgumentOutOfRangeException(nameof(limit)),
        };

    /// <summary>Of a page that is not known yet.</summary>
    public Refusal? CheckRequest(HttpContext context) => requests.Count(organization: 0, AddressOf(context)).ToRefusal("from this address");

    /// <param name="context">The request.</param>
    /// <param name="caller">A backend is not counted.</param>
    /// <param name="email">Whom the request names, normalized.</param>
    /// <returns>Null while there is room, or when nobody is named.</returns>
    public async ValueTask<Refusal?> CheckPersonAsync(HttpContext context, Caller caller, string? email) =>
        caller.Kind == KeyKind.Publishable && email is not null
            ? (await CountAsync(people, context, caller, emails.Hash(caller.OrganizationId, email))).ToRefusal("for this email")
            : null;

    private static ValueTask<RequestUse> CountAsync(IRequestWindow window, HttpContext context, Caller caller, string whom) =>
        window.CountAsync(caller.OrganizationId, $"{caller.ServiceId}/{whom}", context.RequestAborted);

    /// <summary>An IPv4 address; of IPv6 the /64, which is what a single customer is given (RFC 6177) and can vary at will.</summary>
    private static string AddressOf(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress ?? IPAddress.None;
        if (address.IsIPv4MappedToIPv6 || address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address.MapToIPv4().ToString();
        }

        return Convert.ToHexString(address.GetAddressBytes().AsSpan(0, NetworkLength));
    }
}
