using System.Threading.Channels;
using Pushbell.Dispatch.Notifications;
using Pushbell.Dispatch.Storage;

namespace Pushbell.Dispatch.Delivery;

/// <summary>
/// Sends a batch to all who are pending: to each push service as fast as the window lets in, side by side, so that a slow one delays nobody
/// but its own.
/// </summary>
internal sealed class SendRound(Database database, Leases leases, Sender sender, DeliveryWindow window, TimeProvider clock)
{
    // After so long there may be room again at a push service that had none.
    private static readonly TimeSpan PutOffFor = TimeSpan.FromSeconds(5);

    /// <param name="work">The batch.</param>
    /// <param name="answers">Takes one attempt for each recipient who had one; completed at the end.</param>
    /// <param name="ending">Starts no further sends.</param>
    public async Task RunAsync(BatchWork work, ChannelWriter<Attempt> answers, CancellationToken ending)
    {
        work.Begins();
        try
        {
            var recipients = await database.ReadAsync(session => Recipient.LoadAsync(session, work), CancellationToken.None);
            var flows = work
                .Pending.Select(at => (At: at, Recipient: recipients.GetValueOrDefault(work.Recipients[at])))
                .GroupBy(pending => pending.Recipient?.Origin, StringComparer.Ordinal);
            await Task.WhenAll(flows.Select(flow => SendAllAsync(work, [.. flow], answers, ending)).ToArray());
        }
        finally
        {
            answers.Complete();
        }
    }

    private async Task SendAllAsync(
        BatchWork work,
        IReadOnlyList<(int At, Recipient? Recipient)> pending,
        ChannelWriter<Attempt> answers,
        CancellationToken ending
    )
    {
        var (sends, noRoom) = (new List<Task>(), false);
        try
        {
            foreach (var (at, recipient) in pending)
            {
                ending.ThrowIfCancellationRequested();
                var known = sender.Decide(work, at, recipient);
                var place = known is null && !noRoom ? await window.EnterAsync(recipient!.Origin, ending) : null;
                noRoom |= known is null && place is null;
                if (place is not null && !await IsHeldAsync(work, place))
                {
                    return;
                }

                // Things may have changed while it waited for its place.
                known ??= place is null ? NoRoom(at) : sender.Decide(work, at, recipient);
                if (known is { } attempt)
                {
                    work.IsDecided();
                    await answers.WriteAsync(attempt with { Place = place }, CancellationToken.None);
                }
                else
                {
                    work.Departs();
                    sends.Add(SendOneAsync(work, at, recipient!, place!, answers));
                }
            }
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The rest stays pending and is released with the last settlement.
        }
        finally
        {
            await Task.WhenAll(sends);
        }
    }

    /// <summary>Nothing more is sent under a lease that has lapsed, until it is known to be ours still: each message would be one too many.</summary>
    private async Task<bool> IsHeldAsync(BatchWork work, Place place)
    {
        var isHeld = false;
        try
        {
            isHeld =
                !leases.HasLapsed(work.Key)
                || await database.WriteAsync(session => leases.RenewAsync(session, work.Key), CancellationToken.None) != Hold.Lost;
            return isHeld;
        }
        finally
        {
            if (!isHeld)
            {
                place.Leave();
            }
        }
    }

    private Attempt NoRoom(int at) => Attempt.PutOff(at, DeliveryReason.PushServiceDown, clock.GetUtcNow() + PutOffFor);

    private async Task SendOneAsync(BatchWork work, int at, Recipient recipient, Place place, ChannelWriter<Attempt> answers)
    {
        Attempt attempt;
        try
        {
            attempt = await sender.SendAsync(work, at, recipient, place);
        }
        catch
        {
            // Not sent, or not known to be: it stays pending and no settlement will free its place.
            place.Leave();
            throw;
        }
        finally
        {
            work.Arrives();
        }

        await answers.WriteAsync(attempt, CancellationToken.None);
    }
}
