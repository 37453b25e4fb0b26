using Pushbell.Dispatch.Notifications;
using Pushbell.Dispatch.Registrations;

namespace Pushbell.Dispatch.Troubleshooting;

/// <summary>Who was not reached: exactly one of the three.</summary>
public abstract record Person
{
    /// <summary>Normalized.</summary>
    public sealed record Email(string Address) : Person
    {
        public override string ToString() => Address;
    }

    /// <summary>The organization's own id.</summary>
    public sealed record UserId(string Id) : Person
    {
        public override string ToString() => $"user {Id}";
    }

    /// <summary>One client, whosever it is.</summary>
    public sealed record Client(long Registration) : Person
    {
        public override string ToString() => PublicId.Registration(Registration);
    }
}

public enum FindingLevel
{
    /// <summary>As it should be.</summary>
    Ok,

    /// <summary>May be the reason, or become one.</summary>
    Warning,

    /// <summary>Is a reason.</summary>
    Problem,
}

/// <summary>Something that was looked at.</summary>
/// <param name="Level">Whether it stands in the way.</param>
/// <param name="Words">For a person to read.</param>
/// <param name="Registration">The client that it is about; null when it is about all.</param>
public sealed record Finding(FindingLevel Level, Words Words, long? Registration = null);

/// <summary>One delivery to one of the person's clients.</summary>
public sealed record RecentDelivery(long Registration, DeliveryState State, ReceiptEvents Receipts, SentNotification Sent)
{
    /// <summary>The browser has reported anything of it, so it was on the screen.</summary>
    public bool WasShown => Receipts != ReceiptEvents.None;
}

/// <summary>Why a person was not reached, as far as can be told from here.</summary>
/// <param name="Verdict">One sentence.</param>
/// <param name="Findings">All that was looked at, the gravest first.</param>
/// <param name="Clients">The person's, newest first.</param>
/// <param name="Recent">What was last sent to them, newest first.</param>
public sealed record Diagnosis(
    string Verdict,
    IReadOnlyList<Finding> Findings,
    IReadOnlyList<Registration> Clients,
    IReadOnlyList<RecentDelivery> Recent
);
