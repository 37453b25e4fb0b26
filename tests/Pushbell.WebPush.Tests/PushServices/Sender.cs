using Pushbell.Testing;

namespace Pushbell.WebPush.Tests.PushServices;

/// <summary>An application server with one key, sending to one browser by a clock that stands still.</summary>
internal sealed class Sender : IDisposable
{
    /// <summary>For what must end by itself: only a failing test waits so long.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    public ManualTimeProvider Clock { get; } = new();

    public Browser Browser { get; } = new();

    public VapidIdentity Identity { get; } = new(VapidKeys.Generate(), "mailto:ops@example.com");

    public static PushMessage Message => new("hello"u8.ToArray(), TimeSpan.FromMinutes(1));

    public static PushClientOptions Trusting(string origin) =>
        new() { TrustedOrigins = new HashSet<string>(StringComparer.Ordinal) { origin } };

    /// <summary>One message with a client of its own.</summary>
    public async Task<DeliveryOutcome> SendAsync(
        PushClientOptions options,
        string endpoint,
        PushMessage? message = null,
        CancellationToken cancellationToken = default
    )
    {
        using var client = new PushClient(options, Clock);
        return await client
            .SendAsync(Browser.Subscribe(endpoint), message ?? Message, Identity, cancellationToken)
            .WaitAsync(Patience, CancellationToken.None);
    }

    /// <summary>Many messages at once with one client.</summary>
    public async Task<DeliveryOutcome[]> SendAsync(PushClientOptions options, string endpoint, int count)
    {
        using var client = new PushClient(options, Clock);
        var subscription = Browser.Subscribe(endpoint);
        var sending = Enumerable.Range(0, count).Select(_ => client.SendAsync(subscription, Message, Identity, CancellationToken.None));
        return await Task.WhenAll(sending).WaitAsync(Patience);
    }

    public void Dispose() => Browser.Dispose();
}
