using System.Collections.Concurrent;
using Microsoft.AspNetCore.Connections;
using Pushbell.LocalPushService.Counting;
using Pushbell.LocalPushService.Gcm.Protobuf;
using Pushbell.LocalPushService.PushResource;
using static Pushbell.LocalPushService.Gcm.Mcs.McsFields;

namespace Pushbell.LocalPushService.Gcm.Mcs;

/// <summary>One connection of one Chromium: login, then heartbeats and acknowledgements in, messages out.</summary>
internal sealed class McsSession(
    McsChannel channel, ChromiumBrowsers browsers, Counters counters, TimeProvider clock, ConnectionContext connection)
{
    private readonly ConcurrentQueue<(int Frame, string MessageId)> unacknowledged = new();

    /// <summary>Returns when the browser leaves or breaks the protocol.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (await channel.ReceiveAsync(cancellationToken) is not { Tag: McsTag.LoginRequest } login)
            return;

        var request = ProtobufMessage.Parse(login.Body);
        if (request.Text(Login.User) is not { } androidId)
            return;

        var browser = browsers[androidId];
        browser.Connect(connection);
        var reader = browser.Mailbox.Open();
        try
        {
            // What the last connection brought it without hearing of the receipt.
            Acknowledge(browser, request.Texts(Login.ReceivedMessageIds));
            await channel.SendAsync(McsMessages.LoginResponse(request.Text(Login.Id) ?? "login", clock.GetUtcNow()), cancellationToken);
            await BothWays.RunAsync(end => ListenAsync(browser, end), end => DeliverAsync(browser, reader, end), cancellationToken);
        }
        finally
        {
            browser.Mailbox.Close(reader);
            browser.Disconnect(connection);
        }
    }

    private async Task ListenAsync(ChromiumBrowser browser, CancellationToken cancellationToken)
    {
        while (await channel.ReceiveAsync(cancellationToken) is { Tag: not McsTag.Close } frame)
        {
            var message = ProtobufMessage.Parse(frame.Body);
            switch (frame.Tag)
            {
                case McsTag.HeartbeatPing:
                    AcknowledgeFrames(browser, message.Number(Heartbeat.LastFrameReceived));
                    await channel.SendAsync(McsMessages.HeartbeatAck(), cancellationToken);
                    break;
                case McsTag.HeartbeatAck:
                    AcknowledgeFrames(browser, message.Number(Heartbeat.LastFrameReceived));
                    break;
                case McsTag.IqStanza:
                    AcknowledgeFrames(browser, message.Number(Iq.LastFrameReceived));
                    if (message.Message(Iq.Extension) is { } extension && extension.Number(Iq.ExtensionId) == Iq.SelectiveAcknowledgement)
                        Acknowledge(browser, extension.Message(Iq.ExtensionData)?.Texts(Iq.AcknowledgedIds) ?? []);
                    break;
            }
        }
    }

    /// <summary>The browser names the last frame it has; all before it arrived too.</summary>
    private void AcknowledgeFrames(ChromiumBrowser browser, ulong? last)
    {
        while (unacknowledged.TryPeek(out var oldest) && (ulong)oldest.Frame <= last && unacknowledged.TryDequeue(out oldest))
            Acknowledge(browser, [oldest.MessageId]);
    }

    private void Acknowledge(ChromiumBrowser browser, IEnumerable<string> messageIds)
    {
        foreach (var messageId in messageIds)
        {
            if (browser.Mailbox.Acknowledge(messageId))
                counters.Confirmed();
        }
    }

    private async Task DeliverAsync(ChromiumBrowser browser, MailboxReader reader, CancellationToken cancellationToken)
    {
        await foreach (var message in reader.ReadAllAsync(cancellationToken))
        {
            if (browser.RegistrationOf(message.Subscription) is { } registration)
            {
                await channel.SendAsync(
                    McsMessages.DataMessage(message, registration),
                    frame => unacknowledged.Enqueue((frame, message.Id)),
                    cancellationToken);
            }
        }
    }
}
