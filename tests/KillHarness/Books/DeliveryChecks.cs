using Pushbell.KillHarness.Audiences;
using Pushbell.KillHarness.Workloads;

namespace Pushbell.KillHarness.Books;

/// <summary>What became of each recipient against what its push service holds and was told to answer (P1).</summary>
internal static class DeliveryChecks
{
    public static IEnumerable<Violation> Of(Evidence evidence) =>
        evidence.Sends.SelectMany(send => evidence.RequestsOf(send).SelectMany(request => Of(evidence, send, request)));

    private static IEnumerable<Violation> Of(Evidence evidence, Send send, Request request) =>
        [
            .. OfCounts(send, request),
            .. OfRecipients(send, request),
            .. request.Deliveries.Select(delivery => OfEnd(evidence, send, evidence.Device(delivery.Key), delivery.Value)).OfType<Violation>(),
        ];

    private static IEnumerable<Violation> OfCounts(Send send, Request request)
    {
        if (request.Pending > 0)
        {
            yield return new Violation(Invariants.Endless, $"{send.Marker} ({request.Id}) has {request.Pending} deliveries without an end.");
        }

        if (request.Outcomes.Values.Sum() + request.Pending != request.TotalTargets)
        {
            yield return new Violation(Invariants.Counters, $"{request.Id} counts {request.Outcomes.Values.Sum()} ends of {request.TotalTargets} targets.");
        }

        foreach (var (outcome, count) in request.Outcomes)
        {
            var written = request.Deliveries.Values.Count(end => end == outcome);
            // Whoever left before his batch was made ends cancelled without a line of his own.
            if (outcome == "cancelled" ? written > count : written != count)
            {
                yield return new Violation(Invariants.Counters, $"{request.Id} counts {count} {outcome}, its ledger says {written}.");
            }
        }
    }

    /// <summary>A request exists wholly: everybody whom it was for and who did not leave stands in it, and nobody else.</summary>
    private static IEnumerable<Violation> OfRecipients(Send send, Request request)
    {
        foreach (var missing in send.Targets.Where(device => !device.WasRemoved && !request.Deliveries.ContainsKey(device.RegistrationId)))
        {
            yield return new Violation(Invariants.Lost, $"{send.Marker} ({request.Id}) left out {missing.RegistrationId}.");
        }

        var targets = send.Targets.Select(device => device.RegistrationId).ToHashSet();
        foreach (var stranger in request.Deliveries.Keys.Where(registration => !targets.Contains(registration)))
        {
            yield return new Violation(Invariants.Stranger, $"{send.Marker} ({request.Id}) was sent to {stranger} too.");
        }
    }

    private static Violation? OfEnd(Evidence evidence, Send send, Device device, string end)
    {
        var arrived = evidence.Copies.Has(send.Marker, device.RegistrationId);
        return end switch
        {
            // Of a push service that may have refused it, the message is not lost; the end is wrong.
            "accepted" when !arrived => new Violation(
                device is { WasRemoved: false, IsMoody: false } ? Invariants.Lost : Invariants.Unexplained,
                $"{send.Marker} is accepted for {device.RegistrationId}, but its push service never took it."
            ),
            "gone" when !device.WasRemoved => Unexplained("answered 410"),
            "rejected" when !device.WasRefused => Unexplained("refused a message"),
            "cancelled" when !device.WasRemoved => Unexplained("was left"),
            "expired" when !device.IsMoody => Unexplained("failed"),
            _ => null,
        };

        // With a copy at the push service it is not lost; its end is wrong all the same.
        Violation Unexplained(string reason) =>
            new(
                arrived ? Invariants.Unexplained : Invariants.Lost,
                $"{send.Marker} is {end} for {device.RegistrationId}, whose push service never {reason}."
            );
    }
}
