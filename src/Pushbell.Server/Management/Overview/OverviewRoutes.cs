namespace Pushbell.Server.Management.Overview;

/// <summary>The route table of the overview and of alarms.</summary>
internal static class OverviewRoutes
{
    public static void MapOverview(this IEndpointRouteBuilder organization)
    {
        organization.MapGet("/services/{service_id}/overview", OverviewEndpoints.GetAsync).WithMetadata(ManageAccess.Viewer, OverviewOperations.Get);
        organization.MapGet("/alarms", AlarmEndpoints.ListAsync).WithMetadata(ManageAccess.Viewer, OverviewOperations.ListAlarms);
        organization
            .MapPost("/alarms/{alarm_id}/resolve", AlarmEndpoints.ResolveAsync)
            .WithMetadata(ManageAccess.Admin, new Audited("alarm.resolve"), OverviewOperations.ResolveAlarm);
    }
}
