namespace Pushbell.WebPush;

/// <summary>What the status of an answer means, the same for every push service (RFC 8030 §5, §7.3, §8.4; RFC 8292 §4.2).</summary>
internal static class StatusOutcome
{
    public static DeliveryOutcome For(PushAnswer answer) =>
        answer.StatusCode switch
        {
            >= 200 and < 300 => Accepted(answer),
            >= 300 and < 400 => Plain(answer, DeliveryResult.Rejected, "redirected"),
            401 or 403 => Plain(answer, DeliveryResult.Rejected, "unauthorized") with { Unauthorized = true },
            404 or 410 => Plain(answer, DeliveryResult.Gone, "gone"),
            406 or 429 => Retry(answer, "throttled") with { Throttled = true },
            413 => Plain(answer, DeliveryResult.Rejected, "too-large"),
            >= 400 and < 500 => Plain(
                answer,
                DeliveryResult.Rejected,
                answer.StatusCode == 400 ? "bad-request" : $"status-{answer.StatusCode}"
            ),
            503 => Retry(answer, "unavailable") with { Throttled = true },

            // 5xx, and what lies outside 100…599, which RFC 9110 §15 has a client treat as 5xx.
            _ => Retry(answer, "server-error"),
        };

    private static DeliveryOutcome Accepted(PushAnswer answer) =>
        Plain(answer, DeliveryResult.Accepted, "accepted") with
        {
            MessageLocation = answer.Location,
            GrantedTtl = answer.GrantedTtl,
        };

    private static DeliveryOutcome Retry(PushAnswer answer, string reason) =>
        Plain(answer, DeliveryResult.Retry, reason) with
        {
            RetryAfter = RetryAfter.Parse(answer.Header("Retry-After"), answer.ReceivedAt),
        };

    private static DeliveryOutcome Plain(PushAnswer answer, DeliveryResult result, string reason) =>
        new()
        {
            Result = result,
            StatusCode = answer.StatusCode,
            Reason = reason,
        };
}
