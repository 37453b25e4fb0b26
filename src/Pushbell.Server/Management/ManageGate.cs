using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Primitives;
using Pushbell.Dispatch;
using Pushbell.Dispatch.Accounts;
using Pushbell.Dispatch.Organizations;
using Pushbell.Server.Hosting;

namespace Pushbell.Server.Management;

/// <summary>
/// Who asks, whether he may, and about which organization and service: all before the body is read. What is unknown and what is
/// somebody else's are told apart by nothing: the same 404.
/// </summary>
internal sealed class ManageGate(Managers managers, ServiceQueries services, OwnAddresses own)
{
    public const string KeyHeader = "X-Management-Key",
        CsrfHeader = "X-Csrf-Token";

    private static readonly Refusal NotSignedIn = new(
        RefusalKind.Unauthorized,
        $"Sign in first (POST /manage/session), or send a management key in the {KeyHeader} header."
    );

    /// <returns>Null when the request may go on.</returns>
    public async Task<Refusal?> CheckAsync(HttpContext context)
    {
        var asked = context.GetEndpoint()?.Metadata;
        if (asked?.GetMetadata<OpenToAll>() is not null)
        {
            return CheckOrigin(context.Request);
        }

        if (asked?.GetMetadata<ManageAccess>() is not { } access)
        {
            return null;
        }

        var (manager, refusal) = await IdentifyAsync(context);
        return refusal ?? await AdmitAsync(context, manager!, asked, access);
    }

    public static Manager ManagerOf(HttpContext context) =>
        context.Features.Get<Manager>() ?? throw new InvalidOperationException("The route asks for no manager.");

    /// <summary>The service that the path names.</summary>
    public static ServiceInfo ServiceOf(HttpContext context) =>
        context.Features.Get<ServiceInfo>() ?? throw new InvalidOperationException("The route names no service.");

    /// <summary>The same as the product's operations take it.</summary>
    public static Caller CallerOf(HttpContext context)
    {
        var service = ServiceOf(context);
        return new Caller
        {
            OrganizationId = service.OrganizationId,
            ServiceId = service.Id,
            Kind = KeyKind.Secret,
            ServiceIsOn = service is { IsActive: not 0, NotificationsEnabled: not 0 },
            ClickLinks = service.ClickLinks != 0,
        };
    }

    /// <summary>What a page shows to prove that it has read an answer of ours, which no page of another origin can. Made of the session's token.</summary>
    public static string CsrfTokenOf(string sessionToken) => KeyText.Hash("csrf/" + sessionToken);

    private async Task<(Manager? Manager, Refusal? Refusal)> IdentifyAsync(HttpContext context)
    {
        var request = context.Request;
        if (request.Headers.TryGetValue(KeyHeader, out var presented))
        {
            return await IdentifyKeyAsync(request, presented);
        }

        if (SessionCookie.Read(request) is not { } token || await managers.OfSessionAsync(token, context.RequestAborted) is not { } manager)
        {
            return (null, NotSignedIn);
        }

        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        {
            return (manager, null);
        }

        return (manager, CheckOrigin(request) ?? CheckToken(request, token));
    }

    private async Task<(Manager? Manager, Refusal? Refusal)> IdentifyKeyAsync(HttpRequest request, StringValues presented)
    {
        if (!StringValues.IsNullOrEmpty(request.Headers.Origin))
        {
            return (null, new Refusal(RefusalKind.Forbidden, "This key came from a web page, where anyone can read it. Use it on a server only, and revoke it now."));
        }

        return presented is [{ Length: > 0 and <= 256 } key] && await managers.OfKeyAsync(key, request.HttpContext.RequestAborted) is { } manager
            ? (manager, null)
            : (null, new Refusal(RefusalKind.Unauthorized, $"The management key in {KeyHeader} is unknown or revoked."));
    }

    private async Task<Refusal?> AdmitAsync(HttpContext context, Manager manager, EndpointMetadataCollection asked, ManageAccess access)
    {
        if (context.Request.RouteValues["organization_id"] is string organization)
        {
            if (
                !PublicId.TryOrganization(organization, out var id)
                || await managers.InAsync(manager, id, context.RequestAborted) is not { } member
            )
            {
                return new Refusal(RefusalKind.NotFound, $"There is no organization {organization}.");
            }

            manager = member;
            if (manager.Role < access.Least)
            {
                return new Refusal(
                    RefusalKind.Forbidden,
                    $"This needs the role {RoleNames.Of(access.Least)}; yours is {RoleNames.Of(manager.Role)}. An owner of the organization can change it."
                );
            }
        }

        context.Features.Set(manager);
        return ForbidSpecial(manager, asked) ?? await FindServiceAsync(context, manager);
    }

    private static Refusal? ForbidSpecial(Manager manager, EndpointMetadataCollection asked)
    {
        if (asked.GetMetadata<AccountOnly>() is not null && manager.AccountId is null)
        {
            return new Refusal(RefusalKind.Forbidden, "This is about the account that is signed in; a management key has none.");
        }

        return asked.GetMetadata<OperatorOnly>() is not null && !manager.IsOperator
            ? new Refusal(RefusalKind.Forbidden, "Only an operator of this installation may do that.")
            : null;
    }

    private async Task<Refusal?> FindServiceAsync(HttpContext context, Manager manager)
    {
        if (context.Request.RouteValues["service_id"] is not string text)
        {
            return null;
        }

        if (!PublicId.TryService(text, out var id) || await services.FindAsync(manager.OrganizationId, id, context.RequestAborted) is not { } service)
        {
            return new Refusal(RefusalKind.NotFound, $"There is no service {text}.");
        }

        context.Features.Set(service);
        return null;
    }

    /// <summary>
    /// Browsers send it with everything that changes something; only a program sends none. A page of the very address that was asked is
    /// ours: no page can choose the Host header that its browser sends.
    /// </summary>
    private Refusal? CheckOrigin(HttpRequest request) =>
        StringValues.IsNullOrEmpty(request.Headers.Origin)
        || (request.Headers.Origin is [{ } origin] && (origin == $"{request.Scheme}://{request.Host}" || own.Contains(origin)))
            ? null
            : new Refusal(
                RefusalKind.Forbidden,
                $"The origin {request.Headers.Origin} is not this server's. If browsers reach it by that name, set Pushbell:PublicUrl."
            );

    private static Refusal? CheckToken(HttpRequest request, string sessionToken) =>
        request.Headers[CsrfHeader] is [{ } token]
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(CsrfTokenOf(sessionToken)))
            ? null
            : new Refusal(RefusalKind.Forbidden, $"Send the csrf_token of GET /manage/session in the {CsrfHeader} header.");
}
