namespace Pushbell.Server.Management.Notifications;

/// <summary>The route table of notifications.</summary>
internal static class NotificationRoutes
{
    public static void MapNotifications(this IEndpointRouteBuilder organization)
    {
        var notifications = organization.MapGroup("/services/{service_id}/notifications");
        notifications.MapPost("", SendEndpoint.SendAsync).WithMetadata(ManageAccess.Sender, new Audited("notification.send"), NotificationOperations.Send);
        notifications.MapGet("", NotificationEndpoints.ListAsync).WithMetadata(ManageAccess.Viewer, NotificationOperations.List);
        notifications.MapGet("/{request_id}", NotificationEndpoints.GetAsync).WithMetadata(ManageAccess.Viewer, NotificationOperations.Get);
        notifications.MapDelete("/{request_id}", NotificationEndpoints.CancelAsync).WithMetadata(ManageAccess.Sender, new Audited("notification.cancel"), NotificationOperations.Cancel);
        notifications.MapGet("/{request_id}/deliveries", NotificationEndpoints.ListDeliveriesAsync).WithMetadata(ManageAccess.Viewer, NotificationOperations.ListDeliveries);
        notifications.MapGet("/{request_id}/breakdown", NotificationEndpoints.BreakDownAsync).WithMetadata(ManageAccess.Viewer, NotificationOperations.BreakDown);
        notifications.MapGet("/{request_id}/events", ProgressEndpoint.FollowAsync).WithMetadata(ManageAccess.Viewer, NotificationOperations.Follow);
    }
}
