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
    Leases leases,
    SendRound sendRound,
    Settlement settlement,
    OriginGate gate,
    RetrySchedule retries,
    DeliverySettings settings,
    TimeProvider clock,
    ILogger<DeliverBatch> logger
)
{
    private static readonly TimeSpan OutagePause = TimeSpan.FromMilliseconds(500);

    // A process that is to end waits so long for a database that is away.
    private static readonly TimeSpan OutagePatience = TimeSpan.FromSeconds(5);

    // What belongs to a service that is switched off is looked at again after this.
    private static readonly TimeSpan OffPause = TimeSpan.FromMinutes(1);

    /// <param name="key">A claim that the caller holds.</param>
    /// <param name="stopping">Starts no further sends; what is on the way is still settled and the rest released.</param>
    public async Task RunAsync(BatchKey key, CancellationToken stopping)
    {
        leases.Take(key);
        try
        {
            if (await LoadAsync(key) is { } work)
            {
                await DeliverAsync(work, stopping);
            }
            else
            {
                Log.LeaseLost(logger, PublicId.Notification(key.NotificationId), key.Number);
            }
        }
        finally
        {
            leases.Drop(key);
        }
    }

    private Task<BatchWork?> LoadAsync(BatchKey key) =>
        database.ReadAsync(
            async session =>
            {
                await gate.ReadAsync(session, key.OrganizationId);
                return await BatchWork.LoadAsync(session, key);
            },
            CancellationToken.None
        );

    private async Task DeliverAsync(BatchWork work, CancellationToken stopping)
    {
        if (!work.ServiceIsOn && !work.IsExpired(clock.GetUtcNow()) && !work.IsCancelled)
        {
            await settlement.ReleaseAsync(work, [], Earlier(clock.GetUtcNow() + OffPause, work.ExpiresAt), cutShort: true);
            return;
        }

        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        using var renewing = new CancellationTokenSource();
        var renewal = RenewAsync(work, ending, renewing.Token);
        var answers = Channel.CreateBounded<Attempt>(settings.Window);
        try
        {
            var sending = sendRound.RunAsync(work, answers.Writer, ending.Token);
            var kept = await SettleAllAsync(work, new Answers(work, answers.Reader, clock), ending, stopping);
            await sending;
            Log.Delivered(
                logger,
                PublicId.Notification(work.Key.NotificationId),
                work.Key.Number,
                work.Attempt + 1,
                work.Outcomes.Length,
                kept
            );
        }
        finally
        {
            renewing.Cancel();
            await renewal;
        }
    }

    /// <returns>False when the lease was lost on the way.</returns>
    private async Task<bool> SettleAllAsync(BatchWork work, Answers answers, CancellationTokenSource ending, CancellationToken stopping)
    {
        var round = new Round(work.Pending.Count());
        try
        {
            while (await answers.ReadGroupAsync())
            {
                round.Add(answers.Group);
                if (!Goes(work, await PersistAsync(work, () => settlement.SettleAsync(work, answers.Group), stopping)))
                {
                    return false;
                }

                answers.LeavePlaces();
            }

            round.Add(answers.Group);
            var (due, cutShort) = (NextDue(work, round, ending.Token), round.Untried > 0);
            return Goes(work, await PersistAsync(work, () => settlement.ReleaseAsync(work, answers.Group, due, cutShort), stopping));
        }
        finally
        {
            // Reached in good order with an open group at most; after a lost lease or an outage the rest of the answers is of no use.
            ending.Cancel();
            await answers.DrainAsync();
        }
    }

    private static bool Goes(BatchWork work, Hold hold)
    {
        work.IsCancelled |= hold == Hold.Recalled;
        return hold != Hold.Lost;
    }

    /// <summary>
    /// Answers are not thrown away because the database is away for a while: each one lost would be a message sent twice. Whether the lease
    /// has lapsed meanwhile, the fence decides.
    /// </summary>
    private async Task<Hold> PersistAsync(BatchWork work, Func<Task<Hold>> write, CancellationToken stopping)
    {
        for (long? stopped = null; ;)
        {
            try
            {
                return await write();
            }
            catch (StorageOutageException outage)
            {
                stopped ??= stopping.IsCancellationRequested ? clock.GetTimestamp() : null;
                if (stopped is { } since && clock.GetElapsedTime(since) >= OutagePatience)
                {
                    throw;
                }

                Log.SettlementWaits(logger, PublicId.Notification(work.Key.NotificationId), work.Key.Number, outage.Message);
                await Task.Delay(OutagePause, clock, CancellationToken.None);
            }
        }
    }

    /// <summary>What is still pending after a round comes back when it is due, but no later than its TTL ends.</summary>
    private DateTimeOffset? NextDue(BatchWork work, Round round, CancellationToken ending)
    {
        var now = clock.GetUtcNow();
        DateTimeOffset? due = round switch
        {
            { IsThrough: true } => null,
            // A stop left some without their attempt: another worker may go on at once.
            { Untried: > 0 } when ending.IsCancellationRequested => now,
            // A fault of ours; not at once, it would only come again.
            { Untried: > 0 } => now + settings.Lease,
            _ => round.NextDue(now + retries.After(work.Attempt)),
        };
        return due is { } at ? Earlier(at, work.ExpiresAt) : null;
    }

    private async Task RenewAsync(BatchWork work, CancellationTokenSource ending, CancellationToken done)
    {
        try
        {
            for (var renewed = true; ;)
            {
                // Tried again soon after an outage, or a short one would cost the next third of the lease, too.
                await Task.Delay(renewed ? settings.Lease / 3 : OutagePause, clock, done);
                var hold = await HoldAsync(work.Key, done);
                renewed = hold is not null;
                if (hold is { } held && !Goes(work, held))
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

    /// <returns>Null when the database was away: not known to be lost, and a settlement that comes too late writes nothing.</returns>
    private async Task<Hold?> HoldAsync(BatchKey key, CancellationToken done)
    {
        try
        {
            return await database.WriteAsync(session => leases.RenewAsync(session, key), done);
        }
        catch (StorageOutageException outage)
        {
            Log.NotRenewed(logger, PublicId.Notification(key.NotificationId), key.Number, outage);
            return null;
        }
    }

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "batch {Notification}/{Number} round {Round}: {Recipients} recipients, lease kept: {Kept}")]
        public static partial void Delivered(ILogger logger, string notification, int number, int round, int recipients, bool kept);

        [LoggerMessage(Level = LogLevel.Warning, Message = "batch {Notification}/{Number}: the lease was lost before the work began")]
        public static partial void LeaseLost(ILogger logger, string notification, int number);

        [LoggerMessage(Level = LogLevel.Warning, Message = "batch {Notification}/{Number}: the lease could not be renewed")]
        public static partial void NotRenewed(ILogger logger, string notification, int number, Exception exception);

        [LoggerMessage(Level = LogLevel.Warning, Message = "batch {Notification}/{Number}: what was answered waits to be settled: {Problem}")]
        public static partial void SettlementWaits(ILogger logger, string notification, int number, string problem);
    }
}
