namespace Pushbell.WebPush;

/// <summary>Microsoft's push service (Edge on Windows). Everything it adds is in headers, and a 2xx may still mean "dropped".</summary>
internal sealed class WnsProfile : PushServiceProfile
{
    public override string Name => "wns";

    public override bool OffersWithdrawal => false;

    /// <summary>WNS refuses a policy that contradicts the TTL (400, "Ttl value conflicts with X-WNS-Cache-Policy").</summary>
    internal override void AddHeaders(HttpRequestMessage request, TimeSpan ttl)
    {
        request.Headers.TryAddWithoutValidation("X-WNS-Type", "wns/raw");
        request.Headers.TryAddWithoutValidation("X-WNS-Cache-Policy", ttl > TimeSpan.Zero ? "cache" : "no-cache");
    }

    private protected override DeliveryOutcome Refine(PushAnswer answer, DeliveryOutcome byStatus)
    {
        var description = answer.Header("X-WNS-Error-Description");
        if (description?.Contains("Domain Blocked", StringComparison.OrdinalIgnoreCase) == true)
        {
            // Comes with the status of a dead subscription, for every subscription of the sender at once.
            return byStatus with { Result = DeliveryResult.Rejected, Reason = "domain-blocked", HostAlert = true };
        }

        return byStatus.Result == DeliveryResult.Accepted
            ? ReadStatus(answer, byStatus)
            : byStatus with
            {
                Reason = ReasonText.Clean(description) ?? byStatus.Reason,
            };
    }

    private static DeliveryOutcome ReadStatus(PushAnswer answer, DeliveryOutcome accepted) =>
        (answer.Header("X-WNS-Status") ?? answer.Header("X-WNS-NotificationStatus"))?.ToLowerInvariant() switch
        {
            "dropped" => accepted with { Result = DeliveryResult.Rejected, Reason = "dropped" },
            "channelthrottled" or "appthrottled" => accepted with
            {
                Result = DeliveryResult.Retry,
                Reason = "throttled",
                Throttled = true,
                RetryAfter = RetryAfter.Parse(answer.Header("Retry-After"), answer.ReceivedAt),
            },
            _ => accepted,
        };
}
