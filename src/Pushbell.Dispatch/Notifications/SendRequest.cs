using Pushbell.Dispatch.Organizations;

namespace Pushbell.Dispatch.Notifications;

/// <summary>A send as an API understood it: validated, but not yet resolved or paid for.</summary>
public sealed record SendRequest(Caller Caller, Target Target, NotificationContent Content)
{
    /// <summary>Answer at once and deliver in the background, however few the targets.</summary>
    public bool Queue { get; init; }

    /// <summary>Deliver from then on; null is at once. The TTL counts from there.</summary>
    public DateTimeOffset? SendAt { get; init; }

    /// <summary>Check and count everything, keep nothing.</summary>
    public bool DryRun { get; init; }

    /// <summary>Null: each request is one of its own.</summary>
    public IdempotencyKey? Once { get; init; }

    /// <summary>Said when the target comes to nobody; null accepts such a send.</summary>
    public string? NobodySentence { get; init; }
}

/// <summary>A committed send.</summary>
public sealed record AcceptedNotification(Notification Notification)
{
    /// <summary>The claim on its one batch when it is to be delivered within the request.</summary>
    public BatchKey? Lease { get; init; }

    /// <summary>Nothing was kept and nothing will be sent.</summary>
    public bool IsDryRun { get; init; }

    /// <summary>What each recipient is sent, before encryption, in bytes.</summary>
    public int PayloadLength { get; init; }

    /// <summary>It is paid for with credits, one per accepted delivery.</summary>
    public bool IsMetered { get; init; }

    /// <summary>It was accepted before, under the same idempotency key.</summary>
    public bool IsReplay { get; init; }

    /// <summary>What was answered then; null when the process died before the answer was kept.</summary>
    public ReadOnlyMemory<byte>? FirstAnswer { get; init; }
}
