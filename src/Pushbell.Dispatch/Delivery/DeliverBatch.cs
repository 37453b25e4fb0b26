using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Pushbell.Dispatch.Notifications;
using Pushbell.Dispatch.Storage;

namespace Pushbell.Dispatch.Delivery;

/// <summary>
/// Delivers one claimed batch: sends to all who are pending, settles as answers come in, renews its lease meanwhile, and lets the
/// batch go. A request with few targets and a background worker run this very code.
/// </summary>
internal sealed partial class DeliverBatch(
    Database database,
    Claims claims,
    Sender sender,
    Settlement settlement,
    RetrySchedule retries,
    DeliveryWindow window,
    DeliverySettings settings,
    TimeProvider clock,
    ILogger<DeliverBatch> logger
)
{
    // A settlement gathers this many outcomes, or what came within this time.
    private const int GroupSize = 64;
    private static readonly TimeSpan GroupTime = TimeSpan.FromMilliseconds(50);

    /// <param name="key">A claim that the caller holds.</param>
    /// <param name="stopping">Starts no further sends; what is on the way is still settled and the rest released.</param>
    public async Task RunAsync(BatchKey key, CancellationToken stopping)
    {
        var work = await database.ReadAsync(session => BatchWork.LoadAsync(session, key), CancellationToken.None);
        if (work is null)
        {
            Log.LeaseLost(logger, PublicId.Notification(key.NotificationId), key.Number);
            return;
        }

        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        using var renewing = new CancellationTokenSource();
        var renewal = RenewAsync(key, ending, renewing.Token);
        var answers = Channel.CreateBounded<Attempt>(settings.Window);
        try
        {
            var sending = SendAllAsync(work, answers.Writer, ending.Token);
            var kept = await SettleAllAsync(work, answers.Reader, ending);
            await sending;
            Log.Delivered(logger, PublicId.Notification(key.NotificationId), key.Number, work.Attempt + 1, work.Outcomes.Length, kept);
        }
        finally
        {
            renewing.Cancel();
            await renewal;
        }
    }

    private async Task SendAllAsync(BatchWork work, ChannelWriter<Attempt> answers, CancellationToken ending)
    {
        var sends = new List<Task>();
        try
        {
            var recipients = await database.ReadAsync(session => Recipient.LoadAsync(session, work), CancellationToken.None);
            foreach (var at in work.Pending.ToArray())
            {
                await window.EnterAsync(ending);
                sends.Add(SendOneAsync(work, at, recipients.GetValueOrDefault(work.Recipients[at]), answers));
            }
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The rest of the batch stays pending and is released with the last settlement.
        }
        finally
        {
            try
            {
                await Task.WhenAll(sends);
            }
            finally
            {
                answers.Complete();
            }
        }
    }

    private async Task SendOneAsync(BatchWork work, int at, Recipient? recipient, ChannelWriter<Attempt> answers)
    {
        try
        {
            await answers.WriteAsync(await sender.SendAsync(work, at, recipient), CancellationToken.None);
        }
        catch
        {
            // Not sent, or not known to be: it stays pending and no settlement will free its place.
            window.Leave(1);
            throw;
        }
    }

    /// <returns>False when the lease was lost on the way.</returns>
    private async Task<bool> SettleAllAsync(BatchWork work, ChannelReader<Attempt> answers, CancellationTokenSource ending)
    {
        var group = new List<Attempt>(GroupSize);
        var round = new Round(work.Pending.Count());
        try
        {
            while (await ReadGroupAsync(answers, group))
            {
                round.Add(group);
                if (!await settlement.SettleAsync(work, group))
                {
                    return false;
                }

                window.Leave(group.Count);
                group.Clear();
            }

            round.Add(group);
            return await settlement.ReleaseAsync(
                work,
                group,
                NextDue(work, round, ending.Token),
                cutShort: round.Untried > 0
            );
        }
        finally
        {
            // Reached in good order with an open group at most; after a lost lease or an outage the rest of the answers is of no use.
            ending.Cancel();
            window.Leave(group.Count + await DrainAsync(answers));
        }
    }

    /// <summary>A stop left some without their attempt: another worker may go on at once.</summary>
    private static bool IsCutShort(Round round, CancellationToken ending) => round.Untried > 0 && ending.IsCancellationRequested;

    /// <summary>What is still pending after a round comes back when it is due, but no later than its TTL ends.</summary>
    private DateTimeOffset? NextDue(BatchWork work, Round round, CancellationToken ending)
    {
        var now = clock.GetUtcNow();
        DateTimeOffset? due = round switch
        {
            { IsThrough: true } => null,
            _ when IsCutShort(round, ending) => now,
            // A fault of ours; not at once, it would only come again.
            { Untried: > 0 } => now + settings.Lease,
            _ => round.NextDue(now + retries.After(work.Attempt)),
        };
        return due > work.ExpiresAt ? work.ExpiresAt : due;
    }

    private static async Task<int> DrainAsync(ChannelReader<Attempt> answers)
    {
        var count = 0;
        while (await answers.WaitToReadAsync())
        {
            while (answers.TryRead(out _))
            {
                count++;
            }
        }

        return count;
    }

    /// <returns>False when these are the last of the round.</returns>
    private async Task<bool> ReadGroupAsync(ChannelReader<Attempt> answers, List<Attempt> group)
    {
        using var time = new CancellationTokenSource(Timeout.InfiniteTimeSpan, clock);
        try
        {
            while (group.Count < GroupSize && await answers.WaitToReadAsync(time.Token))
            {
                if (group.Count == 0)
                {
                    time.CancelAfter(GroupTime);
                }

                while (group.Count < GroupSize && answers.TryRead(out var answer))
                {
                    group.Add(answer);
                }
            }

            return !answers.Completion.IsCompleted;
        }
        catch (OperationCanceledException)
        {
            return true;
        }
    }

    private async Task RenewAsync(BatchKey key, CancellationTokenSource ending, CancellationToken done)
    {
        try
        {
            while (true)
            {
                await Task.Delay(settings.Lease / 3, clock, done);
                if (!await IsStillHeldAsync(key, done))
                {
                    ending.Cancel();
                    return;
                }
            }
        }
        catch (OperationCanceledException) when (done.IsCancellationRequested)
        {
            // The batch is through.
        }
    }

    private async Task<bool> IsStillHeldAsync(BatchKey key, CancellationToken done)
    {
        try
        {
            return await claims.RenewAsync(key, done);
        }
        catch (StorageOutageException outage)
        {
            // Not known to be lost: the next try may come in time, and a settlement that comes too late writes nothing.
            Log.NotRenewed(logger, PublicId.Notification(key.NotificationId), key.Number, outage);
            return true;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "batch {Notification}/{Number} round {Round}: {Recipients} recipients, lease kept: {Kept}")]
        public static partial void Delivered(ILogger logger, string notification, int number, int round, int recipients, bool kept);

        [LoggerMessage(Level = LogLevel.Warning, Message = "batch {Notification}/{Number}: the lease was lost before the work began")]
        public static partial void LeaseLost(ILogger logger, string notification, int number);

        [LoggerMessage(Level = LogLevel.Warning, Message = "batch {Notification}/{Number}: the lease could not be renewed")]
        public static partial void NotRenewed(ILogger logger, string notification, int number, Exception exception);
    }
}
