using Pushbell.Dispatch.Notifications;
using Pushbell.Simulation.Network;
using Pushbell.Simulation.Scheduling;
using Pushbell.Simulation.Store;

namespace Pushbell.Simulation.Invariants;

/// <summary>
/// Follows the database commit by commit: reads back the rows that a transaction changed, holds them against what was there before and
/// against each other, and remembers them. Knows nothing of how the product came to write them.
/// </summary>
internal sealed class Ledger(
    LedgerReader reader,
    SimulatedNetwork network,
    Scheduler scheduler,
    TimeSpan retention,
    Trace trace,
    Violations violations
)
{
    private readonly Dictionary<(long Organization, long Id), NotificationBook> notifications = [];
    private readonly Dictionary<string, NotificationBook> byTopic = new(StringComparer.Ordinal);
    private readonly Dictionary<long, NotificationBook> byRowId = [];
    private readonly Dictionary<(long Organization, long Id), Device> devices = [];
    private DateTimeOffset? nextDue;
    private long nextDueAsOf;
    private readonly BatchRules batchRules = new(violations);
    private readonly NotificationRules notificationRules = new(violations);
    private readonly MoneyRules moneyRules = new(reader, violations);

    /// <summary>So many transactions have been committed.</summary>
    public long Commits { get; private set; }

    /// <summary>When the next work falls due; null when all is done.</summary>
    public DateTimeOffset? NextDue
    {
        get
        {
            if (nextDueAsOf != Commits)
            {
                nextDue = reader.NextDue() is { } due ? DateTimeOffset.FromUnixTimeMilliseconds(due) : null;
                nextDueAsOf = Commits;
            }

            return nextDue;
        }
    }

    public IReadOnlyCollection<NotificationBook> Notifications => notifications.Values;

    public void Add(Device device) => devices.Add((device.Tenant.Organization, device.Id), device);

    public bool Has(Tenant tenant, long notification) => notifications.ContainsKey((tenant.Organization, notification));

    /// <summary>The notification of a send; should its idempotency key have lapsed meanwhile, the latest.</summary>
    public NotificationBook? Find(string topic) => byTopic.GetValueOrDefault(topic);

    public void Apply(Commit commit)
    {
        Commits++;
        trace.Mix(Commits);
        var touched = new HashSet<NotificationBook>();
        foreach (var id in commit.Changed.Notifications.Order())
        {
            touched.Add(reader.Notification(id) is { } row ? Read(id, row) : Prune(id));
        }

        foreach (var row in commit.Changed.Batches.Order().Select(reader.Batch).OfType<BatchState>())
        {
            touched.Add(Read(commit, row));
        }

        foreach (var book in touched.Where(book => !book.IsPruned))
        {
            notificationRules.Check(book);
            moneyRules.CheckQuota(book.Row, scheduler.WallClock.ToUnixTimeMilliseconds());
        }

        foreach (var organization in commit.Changed.Organizations)
        {
            moneyRules.CheckCredits(organization);
        }
    }

    /// <summary>The device behind a registration.</summary>
    public Device DeviceOf(NotificationState notification, long registration)
    {
        var key = (notification.Organization, registration);
        if (!devices.TryGetValue(key, out var device))
        {
            device = network.At(reader.Endpoint(notification.Organization, notification.Service, registration));
            device.Id = registration;
            devices.Add(key, device);
        }

        return device;
    }

    /// <summary>A broadcast's cursor is through: nobody who was there all the time may have been passed over.</summary>
    private void CheckCoverage(NotificationBook book)
    {
        var row = book.Row;
        if (row.FannedOut == row.Total)
        {
            return;
        }

        foreach (var id in reader.ActiveUpTo(row.Organization, row.Service, row.CursorUpTo!.Value))
        {
            if (!book.Recipients.ContainsKey(id) && !DeviceOf(row, id).Changed)
            {
                violations.Add("cursor complete", $"{row.Topic} passed over registration {id}, which was active all the time");
            }
        }
    }

    private NotificationBook Prune(long rowId)
    {
        var book = byRowId[rowId];
        book.IsPruned = true;
        if (book.Row.CompletedAt is not { } completed || completed > (scheduler.WallClock - retention).ToUnixTimeMilliseconds())
        {
            violations.Add("kept", $"{book.Row.Topic} is deleted before its time");
        }

        return book;
    }

    private NotificationBook Read(long rowId, NotificationState row)
    {
        var key = (row.Organization, row.Id);
        moneyRules.Apply(notifications.GetValueOrDefault(key)?.Row, row);
        trace.Mix(row.Id);
        trace.Mix(row.Pending);
        if (!notifications.TryGetValue(key, out var book))
        {
            var isSecond = byTopic.ContainsKey(row.Topic);
            if (isSecond && !scheduler.HasSkippedADay)
            {
                violations.Add("one send", $"{row.Topic} was accepted twice");
            }

            notifications.Add(key, byTopic[row.Topic] = byRowId[rowId] = book = new NotificationBook(row) { IsSecond = isSecond });
            trace.Say($"      {row.Topic} accepted for {row.Total}, metered: {row.IsMetered}, broadcast: {row.CursorAfter is not null}");
            return book;
        }

        var before = book.Row;
        notificationRules.Check(before, row);
        book.Row = row;
        trace.Say($"      {row.Topic}: accepted {row.Ends[1]}, gone {row.Ends[2]}, rejected {row.Ends[3]}, expired {row.Ends[4]}, cancelled {row.Ends[5]}, pending {row.Pending}");
        if (before.CancelledAt is null && row.CancelledAt is not null)
        {
            book.Recalled = (scheduler.Now, Commits);
            trace.Say($"      {row.Topic} is recalled");
        }
        else if (before.CursorAfter is not null && row.CursorAfter is null)
        {
            CheckCoverage(book);
        }

        return book;
    }

    private NotificationBook Read(Commit commit, BatchState row)
    {
        var book = notifications[(row.Key.OrganizationId, row.Key.NotificationId)];
        var known = book.Batches.Find(batch => batch.Row.Key.Number == row.Key.Number);
        trace.Mix(row.Key.Lease);
        trace.Mix(row.DueAt ?? -1);
        trace.Say($"      {commit.Process.Name} wrote batch {book.Row.Topic}/{row.Key.Number}: lease {row.Key.Lease}, pending {row.PendingCount}, due {Due(row)}");
        if (known is null)
        {
            Open(commit, book, row);
            return book;
        }

        var before = known.Row;
        batchRules.Check(commit, book, known, row);
        known.Row = row;
        for (var at = 0; at < row.Outcomes.Length; at++)
        {
            if (row.EndAt(at) != before.EndAt(at))
            {
                CheckEnd(book, row.Recipients[at], row.EndAt(at));
            }
        }

        if (BatchRules.IsClaim(before, row))
        {
            batchRules.Claim(commit, book, known, Commits);
        }
        else if (row.Key.Lease > before.Key.Lease)
        {
            known.Holder = null;
        }

        return book;
    }

    private void Open(Commit commit, NotificationBook notification, BatchState row)
    {
        var batch = new BatchBook(row) { ClaimedAt = Commits };
        notification.Batches.Add(batch);
        foreach (var registration in row.Recipients)
        {
            DeviceOf(notification.Row, registration);
            if (!notification.Recipients.TryAdd(registration, batch))
            {
                violations.Add("once each", $"{notification.Row.Topic} has registration {registration} twice");
            }
        }

        if (reader.OutOfUse(row, notification.Row.Service) is > 0 and var count)
        {
            violations.Add("deregistered", $"{notification.Row.Topic}/{row.Key.Number} was made with {count} registrations that were out of use");
        }

        if (row.IsLeased)
        {
            (batch.Holder, batch.HeldSince) = (commit.Process, commit.BegunAt);
        }
    }

    private void CheckEnd(NotificationBook book, long registration, DeliveryEnd end)
    {
        var device = DeviceOf(book.Row, registration);
        var holds = end switch
        {
            DeliveryEnd.Accepted => network.Attempts(book.Row.Topic, device).Any(attempt => attempt.IsAccepted),
            DeliveryEnd.Gone => device.IsGone,
            _ => true,
        };
        if (!holds)
        {
            violations.Add("the truth", $"{book.Row.Topic} to {device.Path} is said to have ended {end}, and no push service said so");
        }
    }

    private string Due(BatchState row) =>
        row.DueAt is { } due ? $"in {(due - scheduler.WallClock.ToUnixTimeMilliseconds()) / 1000.0:0.000} s" : "never";
}
