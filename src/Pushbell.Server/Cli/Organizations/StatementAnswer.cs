using Pushbell.Dispatch;
using Pushbell.Dispatch.Organizations;

namespace Pushbell.Server.Cli.Organizations;

/// <summary>Available + held + spent = topped up. <paramref name="Available"/> is <c>null</c> when the organization is not metered.</summary>
internal sealed record StatementAnswer(
    string OrganizationId,
    long? Available,
    long Held,
    long Spent,
    long ToppedUp,
    IReadOnlyList<MovementAnswer> Movements
)
{
    public static StatementAnswer Of(long organization, CreditStatement statement) =>
        new(
            PublicId.Organization(organization),
            statement.Totals.Available,
            statement.Totals.Held,
            statement.Totals.Spent,
            statement.Totals.ToppedUp,
            [.. statement.Movements.Select(MovementAnswer.Of)]
        );

    public Answer ToAnswer() =>
        Answer.Of(
            this,
            CliJson.Default.StatementAnswer,
            Available is null
                ? "Not metered: sends cost nothing. 'pushbell credits add N' begins metering."
                : Table.List(
                    ["when", "what", "amount", "available", "held", "request", "note"],
                    Movements.Select(movement =>
                        new[]
                        {
                            Table.Moment(movement.CreatedAt),
                            movement.Kind,
                            movement.Amount.ToString(),
                            movement.AvailableAfter.ToString(),
                            movement.HeldAfter.ToString(),
                            movement.RequestId ?? "-",
                            movement.Note ?? "",
                        }
                    )
                ) + $"\n{Available} available + {Held} held + {Spent} spent = {ToppedUp} topped up"
        );
}

/// <summary>One row of the ledger, with the balances it left.</summary>
internal sealed record MovementAnswer(
    string Kind,
    long Amount,
    long AvailableAfter,
    long HeldAfter,
    string? RequestId,
    string? Note,
    DateTime CreatedAt
)
{
    public static MovementAnswer Of(CreditMovement movement) =>
        new(
            movement.Kind,
            movement.Amount,
            movement.AvailableAfter,
            movement.HeldAfter,
            movement.NotificationId is { } notification ? PublicId.Notification(notification) : null,
            movement.Note,
            DateTimeOffset.FromUnixTimeMilliseconds(movement.CreatedAt).UtcDateTime
        );
}
