using System.ComponentModel.DataAnnotations;
using Pushbell.Dispatch;
using Domain = Pushbell.Dispatch.Organizations;

namespace Pushbell.Server.Management.Credits;

/// <summary>One row of the ledger, with the balances it left.</summary>
/// <param name="At">When.</param>
/// <param name="Kind">top-up; hold: set aside at acceptance; spend: for accepted deliveries; return: for the others.</param>
/// <param name="Amount">How many credits.</param>
/// <param name="AvailableAfter">What could be spent then.</param>
/// <param name="HeldAfter">What was set aside then.</param>
/// <param name="RequestId">The notification that it paid for; null of a top-up.</param>
/// <param name="Note">What was noted at a top-up.</param>
internal sealed record CreditMovement(
    DateTimeOffset At,
    [property: AllowedValues("top-up", "hold", "spend", "return")] string Kind,
    long Amount,
    long AvailableAfter,
    long HeldAfter,
    string? RequestId,
    string? Note
)
{
    public static CreditMovement Of(Domain.CreditMovement movement) =>
        new(
            DateTimeOffset.FromUnixTimeMilliseconds(movement.CreatedAt),
            movement.Kind,
            movement.Amount,
            movement.AvailableAfter,
            movement.HeldAfter,
            movement.NotificationId is { } notification ? PublicId.Notification(notification) : null,
            movement.Note
        );
}

/// <summary>Movements, the newest first.</summary>
/// <param name="Movements">This page of them.</param>
/// <param name="Next">Goes into <c>after</c> for the page behind; null on the last one.</param>
internal sealed record Statement(IReadOnlyList<CreditMovement> Movements, string? Next);

/// <summary>Credits to be added; an organization that was not metered is from then on.</summary>
internal sealed record TopUpBody
{
    /// <summary>How many.</summary>
    [Required]
    [Range(1, Domain.Credits.MostAtOnce)]
    public long? Amount { get; init; }

    /// <summary>Why; kept in the statement.</summary>
    [MaxLength(Domain.TenantRules.MaxNameLength)]
    public string? Note { get; init; }

    public Failure? Problem() =>
        Amount is null or < 1 or > Domain.Credits.MostAtOnce
            ? new Failure.InvalidRequest($"amount must be a whole number from 1 to {Domain.Credits.MostAtOnce}.")
        : Note is not null && Domain.TenantRules.NameProblem(Note) is { } bad ? new Failure.InvalidRequest("note: " + bad)
        : null;
}
