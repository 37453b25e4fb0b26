using Pushbell.LocalPushService.Gcm.Protobuf;
using Pushbell.LocalPushService.PushResource;

namespace Pushbell.LocalPushService.Gcm.Mcs;

/// <summary>The frames that the service sends, by their field numbers.</summary>
internal static class McsMessages
{
    public static McsFrame LoginResponse(string id, DateTimeOffset now) =>
        Frame(McsTag.LoginResponse, new ProtobufWriter()
            .Text(1, id)
            .Number(5, 1)
            .Number(8, now.ToUnixTimeMilliseconds()));

    public static McsFrame HeartbeatAck() => Frame(McsTag.HeartbeatAck, new ProtobufWriter());

    public static McsFrame DataMessage(PushMessage message, Registration registration)
    {
        var stanza = new ProtobufWriter()
            .Text(2, message.Id)
            .Text(3, registration.Sender)
            .Text(5, registration.App)
            .Message(7, Property("subtype", registration.Subtype));
        if (message.Body.Length > 0)
            stanza.Message(7, Property("content-encoding", message.Terms.ContentEncoding!));

        stanza.Text(9, message.Id)
            .Number(17, message.Terms.Ttl)
            .Number(18, message.ReceivedAt.ToUnixTimeMilliseconds());
        if (message.Body.Length > 0)
            stanza.Bytes(21, message.Body);

        // Without it the browser acknowledges every tenth message only, and the rest would be kept, then sent twice.
        return Frame(McsTag.DataMessage, stanza.Number(24, 1));
    }

    private static ProtobufWriter Property(string name, string value) => new ProtobufWriter().Text(1, name).Text(2, value);

    private static McsFrame Frame(McsTag tag, ProtobufWriter body) => new(tag, body.Written);
}
