using Microsoft.Extensions.Logging;
using Pushbell.Dispatch.Storage;

namespace Pushbell.Dispatch.Delivery;

/// <summary>
/// Says that there is work: to this process's workers at once, to those of other nodes through the database. A hint only, which may get
/// lost and behind a pooler always does: workers look by themselves every second.
/// </summary>
internal sealed partial class NodeSignal(Database database, WorkSignal own, TimeProvider clock, ILogger<NodeSignal> logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    // 0: silent; 1: a call is on its way; 2: and one more must follow it.
    private int calls;

    public void Raise()
    {
        own.Raise();
        // Not in the transaction that made the work: PostgreSQL lets transactions that notify commit one by one.
        if (database.Dialect.Notify is { } notify && Interlocked.Exchange(ref calls, 2) == 0)
        {
            _ = CallAsync(notify);
        }
    }

    /// <summary>Hears other nodes until it is told to stop.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await database.Dialect.ListenAsync(own.Raise, stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                Log.Deaf(logger, exception.Message);
            }

            await Task.Delay(Pause, clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }
    }

    /// <summary>One call at a time: what is raised while it is on its way is told by the next.</summary>
    private async Task CallAsync(string notify)
    {
        do
        {
            Volatile.Write(ref calls, 1);
            try
            {
                await database.ReadAsync(session => session.ExecuteAsync(notify), CancellationToken.None);
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                Log.NotHeard(logger, exception.Message);
            }
        } while (Interlocked.CompareExchange(ref calls, 0, 1) != 1);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "other nodes cannot be heard; work of theirs is found within a second all the same: {Problem}")]
        public static partial void Deaf(ILogger logger, string problem);

        [LoggerMessage(Level = LogLevel.Debug, Message = "other nodes were not told of new work: {Problem}")]
        public static partial void NotHeard(ILogger logger, string problem);
    }
}
