using System.Buffers.Text;
using Pushbell.LocalPushService.Counting;
using Pushbell.LocalPushService.PushResource;

namespace Pushbell.LocalPushService.Autopush;

/// <summary>One connection of one Firefox: hello, then registrations and acknowledgements in, messages out.</summary>
internal sealed class AutopushSession(AutopushSocket socket, FirefoxBrowsers browsers, Uri origin, Counters counters, HttpContext connection)
{
    private const int Ok = 200;
    private const int BadKey = 400;

    /// <summary>Returns when the browser leaves or breaks the protocol.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (await socket.ReceiveAsync(cancellationToken) is not { Type: "hello" } hello)
            return;

        var browser = browsers.Greet(hello.Uaid);
        browser.Connect(connection);
        var reader = browser.Mailbox.Open();
        try
        {
            await socket.SendAsync(
                new ServiceMessage("hello") { Status = Ok, Uaid = browser.Uaid, UseWebPush = true, Broadcasts = new Dictionary<string, string>() },
                cancellationToken);
            await BothWays.RunAsync(end => ListenAsync(browser, end), end => DeliverAsync(browser, reader, end), cancellationToken);
        }
        finally
        {
            browser.Mailbox.Close(reader);
            browser.Disconnect(connection);
        }
    }

    private async Task ListenAsync(FirefoxBrowser browser, CancellationToken cancellationToken)
    {
        while (await socket.ReceiveAsync(cancellationToken) is { } message)
        {
            switch (message)
            {
                case { Type: "register", ChannelId: { } channel }:
                    await socket.SendAsync(Register(browser, channel, message.Key), cancellationToken);
                    break;
                case { Type: "unregister", ChannelId: { } channel }:
                    browser.Unregister(channel);
                    await socket.SendAsync(new ServiceMessage("unregister") { ChannelId = channel, Status = Ok }, cancellationToken);
                    break;
                case { Type: "ack" }:
                    foreach (var update in message.Updates)
                        Acknowledge(browser, update.Version, update.Code);
                    break;

                // The message did arrive, only the service worker failed at it: sending it again would not help.
                case { Type: "nack", Version: { } version }:
                    Acknowledge(browser, version, message.Code);
                    break;
                case { Type: null }:
                    await socket.SendPongAsync(cancellationToken);
                    break;
            }
        }
    }

    private ServiceMessage Register(FirefoxBrowser browser, string channel, string? key) =>
        browser.Register(channel, key) is { } subscription
            ? new ServiceMessage("register") { ChannelId = channel, Status = Ok, PushEndpoint = $"{origin}push/{subscription.Token}" }
            : new ServiceMessage("register") { ChannelId = channel, Status = BadKey };

    private void Acknowledge(FirefoxBrowser browser, string messageId, int code)
    {
        if (!browser.Mailbox.Acknowledge(messageId))
            return;

        counters.Confirmed();
        counters.ConfirmedWith(code);
    }

    private async Task DeliverAsync(FirefoxBrowser browser, MailboxReader reader, CancellationToken cancellationToken)
    {
        await foreach (var message in reader.ReadAllAsync(cancellationToken))
        {
            if (browser.ChannelOf(message.Subscription) is { } channel)
                await socket.SendAsync(Notification(channel, message), cancellationToken);
        }
    }

    private static ServiceMessage Notification(string channel, PushMessage message)
    {
        var notification = new ServiceMessage("notification") { ChannelId = channel, Version = message.Id };
        return message.Body.Length == 0
            ? notification
            : notification with
            {
                Data = Base64Url.EncodeToString(message.Body),
                Headers = new ServiceMessage.EncryptionHeaders(message.Terms.ContentEncoding!),
            };
    }
}
