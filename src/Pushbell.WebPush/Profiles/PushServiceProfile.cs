namespace Pushbell.WebPush;

/// <summary>How one push service is spoken to and understood; this base is the plain RFC 8030.</summary>
public class PushServiceProfile
{
    private static readonly PushServiceProfile Fcm = new FcmProfile();
    private static readonly PushServiceProfile Mozilla = new MozillaProfile();
    private static readonly PushServiceProfile Apple = new ApplePushProfile();
    private static readonly PushServiceProfile Wns = new WnsProfile();

    private protected PushServiceProfile() { }

    /// <summary>For an origin that an operator trusts: RFC 8030 and nothing else.</summary>
    public static PushServiceProfile Generic { get; } = new();

    /// <summary>An origin of each known push service, to see whether it can be reached. Endpoints may name other hosts of the same service.</summary>
    public static IReadOnlyList<Uri> KnownOrigins { get; } =
        [
            new("https://fcm.googleapis.com"),
            new("https://updates.push.services.mozilla.com"),
            new("https://web.push.apple.com"),
            new("https://wns2-par02p.notify.windows.com"),
        ];

    /// <summary>A short name for logs and metrics: <c>fcm</c>, <c>mozilla</c>, <c>apple</c>, <c>wns</c> or <c>generic</c>.</summary>
    public virtual string Name => "generic";

    /// <summary>The longest TTL that the push service takes; four weeks unless it documents another.</summary>
    public virtual TimeSpan MaxTtl => TimeSpan.FromSeconds(2_419_200);

    /// <summary>It lets messages be deleted that no browser has fetched yet (RFC 8030).</summary>
    public virtual bool OffersWithdrawal => true;

    /// <summary>The profile of a known push service.</summary>
    /// <param name="idnHost"><see cref="Uri.IdnHost"/> of an endpoint; never a part cut out of its text.</param>
    /// <returns>Null when the host belongs to no known push service. FCM's legacy host android.googleapis.com is none.</returns>
    public static PushServiceProfile? ForHost(string idnHost)
    {
        ArgumentNullException.ThrowIfNull(idnHost);
        return idnHost.ToLowerInvariant() switch
        {
            "fcm.googleapis.com" or "jmt17.google.com" => Fcm,
            var host when IsBelow(host, "push.services.mozilla.com") => Mozilla,
            var host when IsBelow(host, "push.apple.com") => Apple,
            var host when IsBelow(host, "notify.windows.com") => Wns,
            _ => null,
        };
    }

    /// <summary>What is sent for a message's topic.</summary>
    internal virtual string TopicHeader(PushTopic topic) => topic.Value;

    /// <summary>Headers beyond those of the RFCs.</summary>
    /// <param name="request">The request, complete but for them.</param>
    /// <param name="ttl">The TTL that it carries.</param>
    internal virtual void AddHeaders(HttpRequestMessage request, TimeSpan ttl) { }

    /// <summary>What an answer means, from its status first and then from what the push service adds to it.</summary>
    internal DeliveryOutcome Read(PushAnswer answer)
    {
        var outcome = Refine(answer, StatusOutcome.For(answer));
        return OffersWithdrawal || outcome.MessageLocation is null ? outcome : outcome with { MessageLocation = null };
    }

    /// <summary>Corrects what the status alone says.</summary>
    private protected virtual DeliveryOutcome Refine(PushAnswer answer, DeliveryOutcome byStatus) => byStatus;

    private static bool IsBelow(string host, string domain) =>
        host.Length > domain.Length + 1 && host[^(domain.Length + 1)] == '.' && host.EndsWith(domain, StringComparison.Ordinal);
}
