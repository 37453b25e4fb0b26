using Pushbell.Dispatch.Organizations;
using Pushbell.Dispatch.Storage;

namespace Pushbell.Dispatch.Notifications;

/// <summary>One recipient of a notification and how the delivery ended, or that it has not.</summary>
public sealed record DeliveryEntry(long Registration, DeliveryState State, DeliveryCursor At)
{
    /// <summary>What its browser has reported since.</summary>
    public ReceiptEvents Receipts { get; init; }
}

/// <summary>A place in a notification's deliveries: the batch and the position within it.</summary>
public readonly record struct DeliveryCursor(int Batch, int Position);

/// <summary>What became of each recipient, read from the ledger in the order in which they are served.</summary>
public sealed class DeliveryQueries(Database database)
{
    /// <summary>Recipients of a broadcast appear once their key range has been claimed.</summary>
    /// <param name="caller">Whose.</param>
    /// <param name="notification">Which; the caller has made sure that it is his.</param>
    /// <param name="only">Only those that ended so; null is all.</param>
    /// <param name="after">Where the page before ended; null is the first page.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<IReadOnlyList<DeliveryEntry>> ListAsync(
        Caller caller,
        long notification,
        DeliveryEnd? only,
        DeliveryCursor? after,
        int limit,
        CancellationToken cancellationToken
    ) =>
        database.ReadAsync<IReadOnlyList<DeliveryEntry>>(
            async session =>
            {
                var start = after ?? new DeliveryCursor(0, -1);
                var page = new List<DeliveryEntry>();
                await foreach (var batch in BatchesAsync(session, caller.OrganizationId, notification, start.Batch))
                {
                    page.AddRange(
                        batch
                            .Deliveries()
                            .Where(delivery => delivery.At.Batch > start.Batch || delivery.At.Position > start.Position)
                            .Where(delivery => only is null || delivery.State.End == only)
                    );
                    if (page.Count >= limit)
                    {
                        break;
                    }
                }

                return [.. page.Take(limit)];
            },
            cancellationToken
        );

    internal static async IAsyncEnumerable<LedgerBatch> BatchesAsync(Session session, long organization, long notification, int from)
    {
        while (
            await session.FirstAsync<LedgerBatch>(
                """
                SELECT id, recipients, outcomes, receipts FROM batch
                WHERE organization_id = @organization AND notification_id = @notification AND id >= @from ORDER BY id LIMIT 1
                """,
                new { organization, notification, from }
            )
            is { } batch
        )
        {
            yield return batch;
            from = batch.Id + 1;
        }
    }
}

/// <summary>A batch row with its recipients and their outcomes.</summary>
internal record LedgerBatch
{
    public int Id { get; init; }

    public byte[] Recipients { get; init; } = [];

    public byte[] Outcomes { get; init; } = [];

    /// <summary>Null until the first receipt.</summary>
    public byte[]? Receipts { get; init; }

    public IEnumerable<DeliveryEntry> Deliveries() =>
        RecipientList
            .Decode(Recipients)
            .Select(
                (id, at) =>
                    new DeliveryEntry(id, DeliveryState.Of(Outcomes[at]), new DeliveryCursor(Id, at)) { Receipts = (ReceiptEvents)(Receipts?[at] ?? 0) }
            );
}
