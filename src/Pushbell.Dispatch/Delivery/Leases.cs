using System.Collections.Concurrent;
using Pushbell.Dispatch.Notifications;
using Pushbell.Dispatch.Storage;

namespace Pushbell.Dispatch.Delivery;

/// <summary>How a batch stands that is being worked on.</summary>
internal enum Hold
{
    /// <summary>Another worker has it; nothing can be written any more.</summary>
    Lost,
    Kept,

    /// <summary>Kept, but its notification has been recalled.</summary>
    Recalled,
}

/// <summary>
/// The batches that this process works on. Each is renewed while the work goes on; and before the process looks for lapsed ones it renews
/// its own, so that a jump of the clock or a pause of the whole process never makes it take a batch from itself.
/// </summary>
internal sealed class Leases(DeliverySettings settings, TimeProvider clock)
{
    private const string Key = "organization_id = @OrganizationId AND notification_id = @NotificationId AND id = @Number AND lease = @Lease";
    private readonly ConcurrentDictionary<BatchKey, DateTimeOffset> held = new();

    public int Count => held.Count;

    public TimeSpan Length => settings.Lease;

    public void Take(BatchKey key) => held[key] = End;

    public void Drop(BatchKey key) => held.TryRemove(key, out _);

    /// <summary>Holds a batch for another lease.</summary>
    public async Task<Hold> RenewAsync(Session session, BatchKey key)
    {
        var renewed = await session.ExecuteAsync(
            $"UPDATE batch SET due_at = {session.Dialect.Now} + @length WHERE {Key}",
            new
            {
                key.OrganizationId,
                key.NotificationId,
                key.Number,
                key.Lease,
                now = clock.GetUtcNow().ToUnixTimeMilliseconds(),
                length = (long)settings.Lease.TotalMilliseconds,
            }
        );
        if (renewed == 0)
        {
            return Hold.Lost;
        }

        Renewed(key);
        var recalled = await session.FirstAsync<long?>(
            "SELECT cancelled_at FROM notification WHERE organization_id = @OrganizationId AND id = @NotificationId",
            new { key.OrganizationId, key.NotificationId }
        );
        return recalled is null ? Hold.Kept : Hold.Recalled;
    }

    /// <summary>Notes that the holder has just written under its lease, and so renewed it.</summary>
    public void Renewed(BatchKey key)
    {
        if (held.TryGetValue(key, out var until))
        {
            held.TryUpdate(key, End, until);
        }
    }

    /// <returns>This process's claim on the same batch as <paramref name="claimed"/>; null when it has none.</returns>
    public BatchKey? OwnClaimOn(BatchKey claimed)
    {
        foreach (var (key, _) in held)
        {
            if (key with { Lease = claimed.Lease } == claimed)
            {
                return key;
            }
        }

        return null;
    }

    /// <summary>Lapsed, or dated by a clock that has been set back since.</summary>
    public IReadOnlyList<BatchKey> Lapsed() => [.. held.Where(lease => IsOver(lease.Value)).Select(lease => lease.Key)];

    /// <summary>By now another worker may have taken the batch over, unknown to its holder: this process stood still, or the database was away.</summary>
    public bool HasLapsed(BatchKey key) => !held.TryGetValue(key, out var until) || IsOver(until);

    private bool IsOver(DateTimeOffset until) => clock.GetUtcNow() is var now && (until <= now || until > now + settings.Lease);

    /// <summary>When a lease taken now lapses, by this process's clock.</summary>
    private DateTimeOffset End => clock.GetUtcNow() + settings.Lease;
}
