using System.Text.Json;

namespace Pushbell.WebPush;

/// <summary>Apple's push service (Safari, Home-Screen apps on iOS). Its refusals are JSON with a <c>reason</c>.</summary>
internal sealed class ApplePushProfile : PushServiceProfile
{
    private const string KeyMismatch = "VapidPkHashMismatch";

    public override string Name => "apple";

    public override bool OffersWithdrawal => false;

    /// <summary>A length of 1 modulo 4 cannot be base64 and is refused (BadWebPushTopic); a derived topic replaces just as well.</summary>
    internal override string TopicHeader(PushTopic topic) =>
        topic.Value.Length % 4 == 1 ? PushTopic.FromTag(topic.Value).Value : topic.Value;

    private protected override DeliveryOutcome Refine(PushAnswer answer, DeliveryOutcome byStatus)
    {
        if (
            ReasonText.Member(answer.Body, "reason") is not { ValueKind: JsonValueKind.String } text
            || ReasonText.Clean(text.GetString()) is not { } reason
        )
        {
            return byStatus;
        }

        var named = byStatus with { Reason = reason };
        return (byStatus.Result, reason) switch
        {
            // Comes as 403 and as 400.
            (DeliveryResult.Rejected, KeyMismatch) => named with { Unauthorized = false, KeyMismatch = true },
            (DeliveryResult.Rejected, "BadJwtToken" or "BadVapidPublicKey") => named with { Unauthorized = true },
            _ => named,
        };
    }
}
