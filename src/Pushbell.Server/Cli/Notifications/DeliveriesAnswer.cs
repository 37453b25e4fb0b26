using System.Text.Json;
using Pushbell.Dispatch;
using Pushbell.Dispatch.Notifications;

namespace Pushbell.Server.Cli.Notifications;

/// <summary>One recipient: how the delivery ended, or <c>pending</c>, and why; no reason is <c>null</c>.</summary>
internal sealed record DeliveryAnswer(string RegistrationId, string Outcome, string? Reason)
{
    public static DeliveryAnswer Of(DeliveryEntry entry) =>
        new(
            PublicId.Registration(entry.Registration),
            NameOf(entry.State.End),
            entry.State.Reason == DeliveryReason.None ? null : JsonNamingPolicy.SnakeCaseLower.ConvertName(entry.State.Reason.ToString())
        );

    public static string NameOf(DeliveryEnd end) => end.ToString().ToLowerInvariant();
}

/// <summary>Recipients in the order in which they are served; <paramref name="HasMore"/> when there are more than were asked for.</summary>
internal sealed record DeliveriesAnswer(string RequestId, IReadOnlyList<DeliveryAnswer> Deliveries, bool HasMore)
{
    public Answer ToAnswer() =>
        Answer.Of(
            this,
            CliJson.Default.DeliveriesAnswer,
            Deliveries.Count == 0
                ? "No such deliveries. Those of a broadcast appear as it is worked on."
                : Table.List(
                    ["client", "outcome", "reason"],
                    Deliveries.Select(delivery => new[] { delivery.RegistrationId, delivery.Outcome, delivery.Reason ?? "-" })
                ) + (HasMore ? "\nThere are more: --limit" : "")
        );
}
