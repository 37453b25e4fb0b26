using Pushbell.Dispatch.Registrations;
using Pushbell.Dispatch.Storage;

namespace Pushbell.Dispatch.Notifications;

/// <summary>
/// Counts what browsers report, each event of each recipient once. After a broadcast the reports come all at once: while a transaction
/// is being written, those that arrive gather for the next one.
/// </summary>
public sealed class Receipts(Database database)
{
    private const int GroupLimit = 500;
    private readonly Lock gate = new();
    private readonly Queue<Report> waiting = new();
    private bool isWriting;

    /// <returns>How many are new: of a notification that was sent to this registration, and not reported before. They are on disk.</returns>
    public Task<int> CountAsync(RegistrationHolder holder, IReadOnlyList<Receipt> receipts)
    {
        var report = new Report(holder, receipts);
        lock (gate)
        {
            waiting.Enqueue(report);
            if (!isWriting)
            {
                isWriting = true;
                _ = WriteAllAsync();
            }
        }

        return report.Counted.Task;
    }

    private async Task WriteAllAsync()
    {
        while (TakeGroup() is { Count: > 0 } group)
        {
            try
            {
                var counted = await database.WriteAsync(session => StoreAsync(session, group), CancellationToken.None);
                foreach (var (report, count) in group.Zip(counted))
                {
                    report.Counted.SetResult(count);
                }
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                // Each caller answers for its own; the next group may fare better.
                group.ForEach(report => report.Counted.SetException(exception));
            }
        }
    }

    private List<Report> TakeGroup()
    {
        lock (gate)
        {
            var group = new List<Report>();
            while (group.Count < GroupLimit && waiting.TryDequeue(out var report))
            {
                group.Add(report);
            }

            isWriting = group.Count > 0;
            return group;
        }
    }

    private static async Task<int[]> StoreAsync(Session session, IReadOnlyList<Report> group)
    {
        var counted = new int[group.Count];
        var byNotification = group
            .SelectMany((report, at) => report.Receipts.Select(receipt => (At: at, report.Holder, Receipt: receipt)))
            .GroupBy(claim => (claim.Holder.Caller.OrganizationId, claim.Holder.Caller.ServiceId, claim.Receipt.NotificationId))
            // In one order everywhere: two nodes must not wait for each other crosswise.
            .OrderBy(claims => claims.Key);
        foreach (var claims in byNotification)
        {
            var (organization, service, notification) = claims.Key;
            var ledger = new ReceiptLedger(session, organization, service, notification);
            if (!await ledger.LockAsync())
            {
                continue;
            }

            foreach (var claim in claims)
            {
                counted[claim.At] += await ledger.AddAsync(claim.Holder.RegistrationId, claim.Receipt.Event) ? 1 : 0;
            }

            await ledger.SaveAsync();
        }

        return counted;
    }

    private sealed record Report(RegistrationHolder Holder, IReadOnlyList<Receipt> Receipts)
    {
        public TaskCompletionSource<int> Counted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
