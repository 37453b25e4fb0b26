using Pushbell.Dispatch.Delivery;
using Pushbell.Dispatch.Notifications;

namespace Pushbell.Dispatch.Tests.Fixtures;

/// <summary>A batch row as it lies in the ledger.</summary>
internal sealed record BatchState
{
    public byte[] Recipients { get; init; } = [];

    public byte[] Outcomes { get; init; } = [];

    public int Attempt { get; init; }

    public long Lease { get; init; }

    public long? DueAt { get; init; }

    public DateTimeOffset? Due => DueAt is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;

    public IEnumerable<DeliveryEnd> Ends => Outcomes.Select(outcome => DeliveryState.Of(outcome).End);

    public static async Task<BatchState> OfAsync(TestDispatch dispatch, BatchKey key) =>
        (
            await dispatch.ValueAsync<BatchState>(
                """
                SELECT recipients, outcomes, attempt, lease, due_at FROM batch
                WHERE organization_id = @OrganizationId AND notification_id = @NotificationId AND id = @Number
                """,
                key
            )
        ).ShouldNotBeNull();

    public static Task<BatchWork?> LoadAsync(TestDispatch dispatch, BatchKey key) =>
        dispatch.Database.ReadAsync(session => BatchWork.LoadAsync(session, key), CancellationToken.None);
}
