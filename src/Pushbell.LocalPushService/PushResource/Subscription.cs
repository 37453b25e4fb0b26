using Pushbell.LocalPushService.Faults;

namespace Pushbell.LocalPushService.PushResource;

/// <summary>One push subscription (RFC 8030 §4). Its token is the secret part of its endpoint.</summary>
internal sealed class Subscription(string token, IUserAgent userAgent, byte[]? applicationServerKey)
{
    private static readonly AnswerScript NoScript = new([]);

    private volatile AnswerScript script = NoScript;
    private volatile bool gone;

    public string Token { get; } = token;

    public IUserAgent UserAgent { get; } = userAgent;

    /// <summary>The only key that may send (RFC 8292 §4.2); null when any may.</summary>
    public byte[]? ApplicationServerKey { get; } = applicationServerKey;

    /// <summary>Removed, but remembered: it answers 410, not 404.</summary>
    public bool IsGone => gone;

    public void Remove() => gone = true;

    public void Script(IReadOnlyList<ScriptedAnswer> answers) => script = new AnswerScript(answers);

    public ScriptedAnswer NextAnswer() => script.Next();
}
