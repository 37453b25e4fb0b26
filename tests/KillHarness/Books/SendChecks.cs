using Pushbell.KillHarness.Workloads;

namespace Pushbell.KillHarness.Books;

/// <summary>What callers were told against what exists (P1, P5, P6).</summary>
internal static class SendChecks
{
    public static IEnumerable<Violation> Of(Evidence evidence) =>
        evidence.Sends.SelectMany(send => Of(send, [.. evidence.RequestsOf(send)]));

    private static IEnumerable<Violation> Of(Send send, IReadOnlyList<Request> requests)
    {
        if (send.IsAnswered && requests.Count == 0)
        {
            yield return new Violation(Invariants.Lost, $"{send.Marker} was answered {send.Attempts[^1]} and does not exist.");
        }

        if (requests.Count > 1)
        {
            yield return new Violation(
                Invariants.Idempotency,
                $"{send.Marker}{(send.Key is null ? ", sent once," : " with one Idempotency-Key")} became {requests.Count} requests: "
                    + $"{string.Join(", ", requests.Select(request => request.Id))}."
            );
        }

        foreach (var attempt in send.Attempts.Where(attempt => attempt.RequestId is { } id && requests.All(request => request.Id != id)))
        {
            yield return new Violation(Invariants.Idempotency, $"{send.Marker} was answered with {attempt.RequestId}, but it exists as {string.Join(", ", requests.Select(request => request.Id))}.");
        }

        // Broken connections may leave a send behind, whole; an answer that is no success may not.
        if (requests.Count > 0 && !send.IsAnswered && send.Attempts.All(attempt => attempt.Status is not null and not 409))
        {
            yield return new Violation(Invariants.RefusedExists, $"{send.Marker} was answered {send.Attempts[^1]} and exists as {requests[0].Id}.");
        }

        if (send.IsToBeRepeated)
        {
            yield return new Violation(Invariants.Idempotency, $"{send.Marker} still gets no final answer: {send.Attempts[^1]}");
        }
    }
}
