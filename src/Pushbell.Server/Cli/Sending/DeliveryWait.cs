using Pushbell.Dispatch;
using Pushbell.Dispatch.Notifications;
using Pushbell.Dispatch.Organizations;
using Pushbell.Dispatch.Storage;
using Pushbell.Server.Cli.Notifications;

namespace Pushbell.Server.Cli.Sending;

/// <summary>
/// Follows an accepted send to its end. Whatever comes in between, an outage, the end of patience or Ctrl+C, the answer still tells its id:
/// it is accepted, and sending it again would send it twice.
/// </summary>
internal static class DeliveryWait
{
    /// <summary>Said of a send without a target; as with the APIs, that is no error.</summary>
    public const string Nobody = "There was nobody to send to.";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <param name="operation">Whose cancellation ends the wait, not the send.</param>
    /// <param name="caller">Who sent.</param>
    /// <param name="notification">As it was accepted.</param>
    /// <param name="patience">The longest wait; infinite is without end.</param>
    public static async Task<Answer> RunAsync(Operation operation, Caller caller, Notification notification, TimeSpan patience)
    {
        var clock = operation.Use<TimeProvider>();
        var since = clock.GetTimestamp();
        using (var display = ProgressDisplay.For(operation.Line))
        {
            while (notification.Pending > 0 && !operation.Cancellation.IsCancellationRequested && !IsOver(clock.GetElapsedTime(since), patience))
            {
                display.Show($"{PublicId.Notification(notification.Id)} delivered", notification.TotalTargets - notification.Pending, notification.TotalTargets);
                await Task.Delay(Pause, clock, operation.Cancellation)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
                notification = await LookAsync(operation, caller, notification.Id) ?? notification;
            }
        }

        return AnswerOf(notification);
    }

    /// <summary>
    /// Gone alone is no failure: people close browsers every day. Nobody reached at all is one, and so is what somebody should look at.
    /// </summary>
    private static Answer AnswerOf(Notification notification)
    {
        var (heading, isWell) = notification switch
        {
            { Pending: > 0 } => ($"Not ended yet; it goes on without this command. See: pushbell notification show {PublicId.Notification(notification.Id)}", false),
            { TotalTargets: 0 } => (Nobody, true),
            { Accepted: 0 } => ("Nobody was reached.", false),
            { Rejected: > 0 } or { Expired: > 0 } or { Cancelled: > 0 } => (
                $"Ended, not everywhere well. See: pushbell notification deliveries {PublicId.Notification(notification.Id)}",
                false
            ),
            _ => ("Delivered.", true),
        };
        return NotificationAnswer.Of(notification).ToAnswer(heading) with { ExitCode = isWell ? ExitCode.Done : ExitCode.Failed };
    }

    /// <returns>Null while the database is away, or when nobody waits any more.</returns>
    private static async Task<Notification?> LookAsync(Operation operation, Caller caller, long notification)
    {
        try
        {
            return await operation.Use<NotificationQueries>().FindAsync(caller, notification, operation.Cancellation);
        }
        catch (Exception exception) when (exception is StorageOutageException or OperationCanceledException)
        {
            return null;
        }
    }

    private static bool IsOver(TimeSpan elapsed, TimeSpan patience) => patience != Timeout.InfiniteTimeSpan && elapsed >= patience;
}
