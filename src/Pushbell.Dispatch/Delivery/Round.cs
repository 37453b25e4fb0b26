using Pushbell.Dispatch.Notifications;

namespace Pushbell.Dispatch.Delivery;

/// <summary>What the attempts of one round come to for the batch as a whole.</summary>
internal sealed class Round(int recipients)
{
    private bool anyBySchedule;
    private DateTimeOffset? askedFor;

    /// <summary>So many had no attempt, because of a stop or a fault.</summary>
    public int Untried { get; private set; } = recipients;

    /// <summary>Every delivery has ended.</summary>
    public bool IsThrough => Untried == 0 && !anyBySchedule && askedFor is null;

    public void Add(IReadOnlyCollection<Attempt> group)
    {
        Untried -= group.Count;
        foreach (var attempt in group.Where(attempt => attempt.End == DeliveryEnd.Pending))
        {
            anyBySchedule |= attempt.RetryAt is null;
            askedFor = askedFor < attempt.RetryAt ? askedFor : attempt.RetryAt ?? askedFor;
        }
    }

    /// <summary>
    /// The earlier of what a push service asked for and of the schedule, if it concerns anybody. The schedule is drawn from once a round:
    /// the shortest of hundreds of draws would be next to nothing.
    /// </summary>
    public DateTimeOffset? NextDue(DateTimeOffset scheduled) => anyBySchedule && !(askedFor < scheduled) ? scheduled : askedFor;
}
