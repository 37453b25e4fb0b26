using Pushbell.Server.Hosting;
using Pushbell.Server.Management.Accounts;
using Pushbell.Server.Management.Audit;
using Pushbell.Server.Management.Clients;
using Pushbell.Server.Management.Credits;
using Pushbell.Server.Management.Keys;
using Pushbell.Server.Management.ManagementKeys;
using Pushbell.Server.Management.Members;
using Pushbell.Server.Management.Notifications;
using Pushbell.Server.Management.Organizations;
using Pushbell.Server.Management.Overview;
using Pushbell.Server.Management.Services;

namespace Pushbell.Server.Management;

/// <summary>The route table of /manage: one line an area, whose own table lies in its folder.</summary>
internal static class ManageRoutes
{
    public const string Path = "/manage";

    public static void MapManage(this IEndpointRouteBuilder app)
    {
        var manage = app.MapGroup(Path).AddEndpointFilter(AuditNote.WriteAsync);
        var organization = manage.MapGroup("/organizations/{organization_id}");
        manage.MapAccounts();
        manage.MapOrganizations(organization);
        organization.MapMembers();
        organization.MapManagementKeys();
        organization.MapAudit();
        manage.MapVapidCheck();
        organization.MapServices();
        organization.MapKeys();
        organization.MapCredits();
        organization.MapOverview();
        organization.MapNotifications();
        organization.MapClients();
    }

    /// <summary>Checks who asks before the body is read. Nothing that is answered here may be kept by anybody on the way.</summary>
    public static void UseManageAccess(this WebApplication app) =>
        app.UseWhen(
            context => context.Request.Path.StartsWithSegments(Path, StringComparison.OrdinalIgnoreCase),
            manage =>
                manage.Use(
                    async (context, next) =>
                    {
                        context.Response.Headers.CacheControl = "no-store";
                        context.Response.Headers.XContentTypeOptions = "nosniff";
                        if (await context.RequestServices.GetRequiredService<ManageGate>().CheckAsync(context) is { } refusal)
                        {
                            await ApiEdge.RefuseAsync(context, refusal);
                            return;
                        }

                        await next(context);
                    }
                )
        );
}
