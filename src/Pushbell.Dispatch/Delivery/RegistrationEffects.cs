using Pushbell.Dispatch.Notifications;
using Pushbell.Dispatch.Registrations;
using Pushbell.Dispatch.Storage;

namespace Pushbell.Dispatch.Delivery;

/// <summary>What a push service's answers say about the registrations themselves. A network fault says nothing about them.</summary>
internal static class RegistrationEffects
{
    private const int RefusalLimit = 5;
    private static readonly TimeSpan RefusalPeriod = TimeSpan.FromHours(72);

    private const string Which = "organization_id = @OrganizationId AND service_id = @ServiceId AND ";

    /// <param name="session">The settlement.</param>
    /// <param name="work">The batch.</param>
    /// <param name="group">What is settled.</param>
    /// <param name="quarantined">Push services whose "gone" is not to be believed.</param>
    /// <param name="now">The moment.</param>
    public static async Task ApplyAsync(
        Session session,
        BatchWork work,
        IReadOnlyList<Attempt> group,
        IReadOnlySet<string> quarantined,
        DateTimeOffset now
    )
    {
        bool IsDisbelieved(Attempt attempt) => attempt.Origin is { } origin && quarantined.Contains(origin);
        await OnAsync(
            work,
            group.Where(attempt => attempt.End == DeliveryEnd.Accepted),
            ids =>
                UpdateAsync(
                    session,
                    work,
                    ids,
                    now,
                    "notification_count = notification_count + 1, last_notified_at = @now, refusals = 0, refused_since = NULL"
                )
        );
        await OnAsync(
            work,
            group.Where(attempt => attempt.End == DeliveryEnd.Gone && IsDisbelieved(attempt)),
            ids => EndAsync(session, work, ids, now, RegistrationStatus.Inactive, Quarantine.Reason)
        );
        await OnAsync(
            work,
            group.Where(attempt => attempt.End == DeliveryEnd.Gone && !IsDisbelieved(attempt)),
            ids => EndAsync(session, work, ids, now, RegistrationStatus.Expired, "the push service no longer knows this subscription")
        );
        await OnAsync(
            work,
            group.Where(attempt => attempt is { End: DeliveryEnd.Rejected, State.Reason: DeliveryReason.KeyMismatch or DeliveryReason.BadKeys }),
            ids => EndAsync(session, work, ids, now, RegistrationStatus.Inactive, "made with another VAPID key; must subscribe again")
        );
        await OnAsync(
            work,
            group.Where(attempt => attempt is { End: DeliveryEnd.Rejected, State.Reason: DeliveryReason.BadRequest or DeliveryReason.TooLarge or DeliveryReason.Refused }),
            async ids =>
            {
                await UpdateAsync(session, work, ids, now, "refusals = refusals + 1, refused_since = coalesce(refused_since, @now)");
                await EndAsync(
                    session,
                    work,
                    ids,
                    now,
                    RegistrationStatus.Inactive,
                    "refused again and again",
                    "AND refusals >= @limit AND refused_since <= @since"
                );
            }
        );
    }

    private static async Task OnAsync(BatchWork work, IEnumerable<Attempt> attempts, Func<IReadOnlyCollection<long>, Task> apply)
    {
        var ids = attempts.Select(attempt => work.Recipients[attempt.At]).ToArray();
        if (ids.Length > 0)
        {
            await apply(ids);
        }
    }

    private static Task<int> UpdateAsync(
        Session session,
        BatchWork work,
        IReadOnlyCollection<long> ids,
        DateTimeOffset now,
        string change,
        string condition = "",
        RegistrationStatus? status = null,
        string? reason = null
    ) =>
        session.ExecuteAsync(
            $"UPDATE registration SET {change} WHERE {Which}{session.Dialect.In("id", "@ids")} {condition}",
            new
            {
                work.Key.OrganizationId,
                work.ServiceId,
                ids = session.Dialect.List(ids),
                now = now.ToUnixTimeMilliseconds(),
                status = (int?)status,
                reason,
                limit = RefusalLimit,
                since = (now - RefusalPeriod).ToUnixTimeMilliseconds(),
            }
        );

    private static async Task EndAsync(
        Session session,
        BatchWork work,
        IReadOnlyCollection<long> ids,
        DateTimeOffset now,
        RegistrationStatus status,
        string reason,
        string condition = ""
    )
    {
        var ended = await UpdateAsync(
            session,
            work,
            ids,
            now,
            "status = @status, status_reason = @reason, ended_at = @now",
            "AND status = 0 " + condition,
            status,
            reason
        );
        await ActiveCount.AddAsync(session, work.Key.OrganizationId, work.ServiceId, -ended);
    }
}
