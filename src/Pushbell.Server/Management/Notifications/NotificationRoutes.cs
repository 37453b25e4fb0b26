using Pushbell.Dispatch.Accounts;

namespace Pushbell.Server.Management.Notifications;

/// <summary>The route table of notifications.</summary>
internal static class NotificationRoutes
{
    private static readonly ManageAccess Viewer = new(Role.Viewer),
        Sender = new(Role.Sender);

    public static void MapNotifications(this IEndpointRouteBuilder organization)
    {
        var notifications = organization.MapGroup("/services/{service_id}/notifications");
        notifications.MapPost("", SendEndpoint.SendAsync).WithMetadata(Sender, new Audited("notification.send"), NotificationOperations.Send);
        notifications.MapGet("", NotificationEndpoints.ListAsync).WithMetadata(Viewer, NotificationOperations.List);
        notifications.MapGet("/{request_id}", NotificationEndpoints.GetAsync).WithMetadata(Viewer, NotificationOperations.Get);
        notifications.MapDelete("/{request_id}", NotificationEndpoints.CancelAsync).WithMetadata(Sender, new Audited("notification.cancel"), NotificationOperations.Cancel);
        notifications.MapGet("/{request_id}/deliveries", NotificationEndpoints.ListDeliveriesAsync).WithMetadata(Viewer, NotificationOperations.ListDeliveries);
        notifications.MapGet("/{request_id}/breakdown", NotificationEndpoints.BreakDownAsync).WithMetadata(Viewer, NotificationOperations.BreakDown);
        notifications.MapGet("/{request_id}/events", ProgressEndpoint.FollowAsync).WithMetadata(Viewer, NotificationOperations.Follow);
    }
}
