using Pushbell.Dispatch.Notifications;

namespace Pushbell.Server.Cli.Notifications;

/// <summary>A page of notifications, the newest first. <paramref name="Next"/> goes into <c>--after</c>; <c>null</c> on the last page.</summary>
internal sealed record NotificationsAnswer(IReadOnlyList<NotificationAnswer> Notifications, string? Next)
{
    /// <param name="page">Read one longer than is shown, to see whether more are behind it.</param>
    /// <param name="limit">So many are shown.</param>
    public static NotificationsAnswer Of(IReadOnlyList<Notification> page, int limit)
    {
        var shown = page.Take(limit).Select(NotificationAnswer.Of).ToArray();
        return new NotificationsAnswer(shown, page.Count > limit ? shown[^1].RequestId : null);
    }

    public Answer ToAnswer() =>
        Answer.Of(
            this,
            CliJson.Default.NotificationsAnswer,
            Notifications.Count == 0
                ? "No notifications."
                : Table.List(
                    ["notification", "status", "targets", "accepted", "failed", "pending", "shown", "clicked", "created"],
                    Notifications.Select(notification =>
                        new[]
                        {
                            notification.RequestId!,
                            notification.Status,
                            $"{notification.TotalTargets:N0}",
                            $"{notification.SuccessfulSends:N0}",
                            $"{notification.FailedSends:N0}",
                            $"{notification.Pending:N0}",
                            $"{notification.Receipts.Shown:N0}",
                            $"{notification.Receipts.Clicked:N0}",
                            Table.Moment(notification.CreatedAt),
                        }
                    )
                ) + (Next is null ? "" : $"\nMore: --after {Next}")
        );
}
