using Pushbell.Dispatch.Accounts;

namespace Pushbell.Server.Management.Overview;

/// <summary>The route table of the overview and of alarms.</summary>
internal static class OverviewRoutes
{
    private static readonly ManageAccess Viewer = new(Role.Viewer);

    public static void MapOverview(this IEndpointRouteBuilder organization)
    {
        organization.MapGet("/services/{service_id}/overview", OverviewEndpoints.GetAsync).WithMetadata(Viewer, OverviewOperations.Get);
        organization.MapGet("/alarms", AlarmEndpoints.ListAsync).WithMetadata(Viewer, OverviewOperations.ListAlarms);
        organization
            .MapPost("/alarms/{alarm_id}/resolve", AlarmEndpoints.ResolveAsync)
            .WithMetadata(new ManageAccess(Role.Admin), new Audited("alarm.resolve"), OverviewOperations.ResolveAlarm);
    }
}
