using Microsoft.Extensions.Logging;
using Pushbell.Dispatch.Notifications;
using Pushbell.Dispatch.Storage;

namespace Pushbell.Dispatch.Delivery;

/// <summary>A send from acceptance to its answer: delivered right here when the targets are few, handed to the workers when they are many.</summary>
internal sealed partial class SendNotification(
    AcceptNotification accept,
    DeliverBatch deliver,
    NotificationQueries notifications,
    NodeSignal signal,
    TimeProvider clock,
    ILogger<SendNotification> logger
)
{
    // An attempt takes 15 s at most and its settlement a moment; what takes longer goes on behind the answer.
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(20);

    /// <param name="request">Validated by the API that took it.</param>
    /// <param name="cancellationToken">Ends the wait before acceptance only: what was accepted is delivered, whether or not the caller still listens.</param>
    /// <param name="stopping">The process is about to end.</param>
    public async Task<Result<AcceptedNotification>> RunAsync(SendRequest request, CancellationToken cancellationToken, CancellationToken stopping)
    {
        var result = await accept.RunAsync(request, cancellationToken);
        if (!result.TryGet(out var accepted, out var failure))
        {
            return failure;
        }

        if (accepted.IsDryRun || accepted.IsReplay)
        {
            return accepted;
        }

        if (accepted.Lease is not { } lease)
        {
            signal.Raise();
            return accepted;
        }

        // From here on there is no error any more: it is on disk, and a worker finishes what this request cannot.
        try
        {
            using var answered = new CancellationTokenSource();
            await Task.WhenAny(DeliverAsync(lease, stopping), Task.Delay(AnswerWithin, clock, answered.Token));
            answered.Cancel();
            var now = await notifications.FindAsync(request.Caller, accepted.Notification.Id, CancellationToken.None);
            return accepted with { Notification = now ?? accepted.Notification };
        }
        catch (StorageOutageException outage)
        {
            Log.NotRead(logger, PublicId.Notification(accepted.Notification.Id), outage);
            return accepted;
        }
    }

    private async Task DeliverAsync(BatchKey lease, CancellationToken stopping)
    {
        try
        {
            await deliver.RunAsync(lease, stopping);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            Log.LeftToWorkers(logger, PublicId.Notification(lease.NotificationId), exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "{Notification} was accepted but not finished in its request; the workers go on with it")]
        public static partial void LeftToWorkers(ILogger logger, string notification, Exception exception);

        [LoggerMessage(Level = LogLevel.Error, Message = "{Notification} was accepted; how far its delivery has come cannot be read now")]
        public static partial void NotRead(ILogger logger, string notification, Exception exception);
    }
}
