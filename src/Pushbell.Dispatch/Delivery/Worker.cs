using Microsoft.Extensions.Logging;
using Pushbell.Dispatch.Notifications;

namespace Pushbell.Dispatch.Delivery;

/// <summary>Claims and delivers batches until it is told to stop. One more loop serves the express lane alone: broadcasts cannot occupy it.</summary>
internal sealed partial class Worker(
    Claims claims,
    DeliverBatch deliver,
    WorkSignal signal,
    DeliverySettings settings,
    TimeProvider clock,
    ILogger<Worker> logger
)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Runs <see cref="DeliverySettings.Workers"/> loops side by side.</summary>
    public Task RunAsync(CancellationToken stopping) =>
        Task.WhenAll(
            Enumerable
                .Repeat(Lane.Bulk, settings.Workers)
                .Append(Lane.Express)
                .Select(lanes => Task.Run(() => LoopAsync(lanes, stopping), CancellationToken.None))
        );

    private async Task LoopAsync(Lane lanes, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            var next = signal.Next;
            try
            {
                if (await claims.NextAsync(lanes, stopping) is { } batch)
                {
                    await deliver.RunAsync(batch, stopping);
                    continue;
                }

                await signal.WaitAsync(next, stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                // An outage or a bug must not end the loop: the lease of what was claimed lapses and the batch comes back.
                Log.RoundFailed(logger, exception);
                await Task.Delay(Pause, clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "a round of delivery failed; what it held comes back when its lease lapses")]
        public static partial void RoundFailed(ILogger logger, Exception exception);
    }
}
