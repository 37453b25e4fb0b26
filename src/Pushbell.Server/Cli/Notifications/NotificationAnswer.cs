using Pushbell.Dispatch;
using Pushbell.Dispatch.Notifications;

namespace Pushbell.Server.Cli.Notifications;

/// <summary>Where a notification stands. A dry run has no <paramref name="RequestId"/> and the status <c>dry_run</c>.</summary>
internal sealed record NotificationAnswer(
    string? RequestId,
    string Status,
    int TotalTargets,
    int SuccessfulSends,
    int FailedSends,
    int Pending,
    OutcomesAnswer Outcomes,
    ReceiptsAnswer Receipts,
    IReadOnlyList<string> InvalidRegistrations,
    int Withdrawn,
    DateTime CreatedAt,
    DateTime? SendAt,
    DateTime? CompletedAt
)
{
    // The rest is in --json.
    private const int MostInvalidNamed = 5;

    public static NotificationAnswer Of(Notification notification) =>
        new(
            PublicId.Notification(notification.Id),
            notification.Status.ToString().ToLowerInvariant(),
            notification.TotalTargets,
            notification.Accepted,
            notification.Failed,
            notification.Pending,
            OutcomesAnswer.Of(notification),
            ReceiptsAnswer.Of(notification.Receipts),
            notification.InvalidRegistrations,
            notification.Withdrawn,
            notification.CreatedAt.UtcDateTime,
            notification.SendAt?.UtcDateTime,
            notification.CompletedAt?.UtcDateTime
        );

    public static NotificationAnswer OfDryRun(Notification notification) =>
        Of(notification) with
        {
            RequestId = null,
            Status = "dry_run",
            Pending = 0,
            CompletedAt = null,
        };

    public Answer ToAnswer(string heading) =>
        Answer.Of(
            this,
            CliJson.Default.NotificationAnswer,
            $"{heading}\n\n"
                + Table.Properties(
                    ("notification", RequestId ?? "none"),
                    ("status", Status),
                    ("targets", $"{TotalTargets:N0}"),
                    ("outcomes", $"{Outcomes.Text}, {Pending:N0} pending"),
                    ("receipts", Receipts.Text),
                    ("withdrawn", $"{Withdrawn:N0}"),
                    ("not registered", InvalidText()),
                    ("created", Table.Moment(CreatedAt)),
                    ("to begin", Table.Moment(SendAt)),
                    ("ended", Table.Moment(CompletedAt))
                )
        );

    private string InvalidText() =>
        InvalidRegistrations.Count == 0
            ? "-"
            : string.Join(' ', InvalidRegistrations.Take(MostInvalidNamed))
                + (InvalidRegistrations.Count > MostInvalidNamed ? $" and {InvalidRegistrations.Count - MostInvalidNamed:N0} more" : "");
}

/// <summary>How deliveries ended.</summary>
internal sealed record OutcomesAnswer(int Accepted, int Gone, int Rejected, int Expired, int Cancelled)
{
    internal string Text => $"{Accepted:N0} accepted, {Gone:N0} gone, {Rejected:N0} rejected, {Expired:N0} expired, {Cancelled:N0} cancelled";

    public static OutcomesAnswer Of(Notification notification) =>
        new(notification.Accepted, notification.Gone, notification.Rejected, notification.Expired, notification.Cancelled);
}

/// <summary>What browsers reported; accepted is not shown.</summary>
internal sealed record ReceiptsAnswer(int Shown, int Clicked, int Dismissed, int LinkClicks)
{
    internal string Text => $"{Shown:N0} shown, {Clicked:N0} clicked, {Dismissed:N0} dismissed, {LinkClicks:N0} link clicks";

    public static ReceiptsAnswer Of(ReceiptCounts counts) => new(counts.Shown, counts.Clicked, counts.Dismissed, counts.LinkClicks);
}
