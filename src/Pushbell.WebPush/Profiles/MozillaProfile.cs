using System.Text.Json;

namespace Pushbell.WebPush;

/// <summary>Mozilla's autopush. Its refusals are JSON with an <c>errno</c>, which splits what shares a status.</summary>
internal sealed class MozillaProfile : PushServiceProfile
{
    private const int InvalidAuthentication = 109;
    private const int RetryNow = 202;

    public override string Name => "mozilla";

    /// <summary>Longer ones are clamped by autopush itself.</summary>
    public override TimeSpan MaxTtl => TimeSpan.FromSeconds(2_592_000);

    private protected override DeliveryOutcome Refine(PushAnswer answer, DeliveryOutcome byStatus)
    {
        if (ReasonText.Member(answer.Body, "errno") is not { ValueKind: JsonValueKind.Number } number || !number.TryGetInt32(out var errno))
        {
            return byStatus;
        }

        var named = byStatus with { Reason = $"errno-{errno}" };
        return errno switch
        {
            InvalidAuthentication when Message(answer).Contains("public key mismatch", StringComparison.OrdinalIgnoreCase) => named with
            {
                Unauthorized = false,
                KeyMismatch = true,
            },

            // A passing fault of one node, not a request to slow down.
            RetryNow when byStatus.Result == DeliveryResult.Retry => named with
            {
                Throttled = false,
                RetryAfter = byStatus.RetryAfter ?? RetryAfter.Soonest,
            },
            _ => named,
        };
    }

    private static string Message(PushAnswer answer) =>
        ReasonText.Member(answer.Body, "message") is { ValueKind: JsonValueKind.String } message ? message.GetString()! : string.Empty;
}
