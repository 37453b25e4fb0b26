using Pushbell.Dispatch.Organizations;
using Pushbell.Dispatch.Registrations;
using Pushbell.Dispatch.Storage;

namespace Pushbell.Dispatch.Notifications;

/// <summary>How the deliveries of one notification to one push service stand.</summary>
/// <param name="Origin">The push service.</param>
/// <param name="Ends">How many ended in which way, or have not.</param>
public sealed record PushServiceShare(string Origin, IReadOnlyDictionary<DeliveryEnd, int> Ends);

/// <summary>How many deliveries ended, or wait, for one reason.</summary>
public sealed record ReasonShare(DeliveryReason Reason, int Count);

/// <summary>The deliveries of a notification by push service and by reason, the most first.</summary>
public sealed record Breakdown(IReadOnlyList<PushServiceShare> ByPushService, IReadOnlyList<ReasonShare> ByReason);

/// <summary>Adds up the ledger of one notification. Which push service a recipient is reached through, its registration tells.</summary>
public sealed class DeliveryBreakdown(Database database)
{
    /// <summary>Recipients of a broadcast are counted once their key range has been claimed.</summary>
    /// <param name="caller">Whose.</param>
    /// <param name="notification">Which; the caller has made sure that it is his.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<Breakdown> OfAsync(Caller caller, long notification, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async session =>
            {
                var (origins, reasons) = (new Dictionary<(string Origin, DeliveryEnd End), int>(), new Dictionary<DeliveryReason, int>());
                await foreach (var batch in DeliveryQueries.BatchesAsync(session, caller.OrganizationId, notification, from: 0))
                {
                    var deliveries = batch.Deliveries().ToArray();
                    var known = await PushServices.OfAsync(session, caller, [.. deliveries.Select(delivery => delivery.Registration)]);
                    foreach (var delivery in deliveries)
                    {
                        var origin = known[delivery.Registration];
                        Count(origins, (origin, delivery.State.End));
                        Count(reasons, delivery.State.Reason);
                    }
                }

                reasons.Remove(DeliveryReason.None);
                return new Breakdown(Shares(origins), [.. reasons.Select(entry => new ReasonShare(entry.Key, entry.Value)).OrderByDescending(share => share.Count)]);
            },
            cancellationToken
        );

    private static void Count<T>(Dictionary<T, int> counts, T what)
        where T : notnull => counts[what] = counts.GetValueOrDefault(what) + 1;

    private static PushServiceShare[] Shares(Dictionary<(string Origin, DeliveryEnd End), int> counts) =>
        [
            .. counts
                .GroupBy(entry => entry.Key.Origin, StringComparer.Ordinal)
                .Select(group => new PushServiceShare(group.Key, group.ToDictionary(entry => entry.Key.End, entry => entry.Value)))
                .OrderByDescending(share => share.Ends.Values.Sum())
                .ThenBy(share => share.Origin, StringComparer.Ordinal),
        ];
}
