using Pushbell.LocalPushService.Gcm.Protobuf;
using Pushbell.LocalPushService.PushResource;
using static Pushbell.LocalPushService.Gcm.Mcs.McsFields;

namespace Pushbell.LocalPushService.Gcm.Mcs;

/// <summary>The frames that the service sends.</summary>
internal static class McsMessages
{
    public static McsFrame LoginResponse(string id, DateTimeOffset now) =>
        Frame(McsTag.LoginResponse, new ProtobufWriter()
            .Text(Login.Id, id)
            .Number(Login.StreamId, 1)
            .Number(Login.ServerTime, now.ToUnixTimeMilliseconds()));

    public static McsFrame HeartbeatAck() => Frame(McsTag.HeartbeatAck, new ProtobufWriter());

    public static McsFrame DataMessage(PushMessage message, Registration registration)
    {
        var data = new ProtobufWriter()
            .Text(Data.Id, message.Id)
            .Text(Data.From, registration.Sender)
            .Text(Data.Category, registration.App)
            .Message(Data.Property, Property("subtype", registration.Subtype))
            .Text(Data.PersistentId, message.Id)
            .Number(Data.Ttl, message.Terms.Ttl)
            .Number(Data.SentMilliseconds, message.ReceivedAt.ToUnixTimeMilliseconds());
        if (message.Body.Length > 0)
        {
            data.Message(Data.Property, Property("content-encoding", message.Terms.ContentEncoding!))
                .Bytes(Data.Body, message.Body);
        }

        // Without it the browser acknowledges every tenth message only, and the rest would be kept, then sent twice.
        return Frame(McsTag.DataMessage, data.Number(Data.AcknowledgeAtOnce, 1));
    }

    private static ProtobufWriter Property(string name, string value) =>
        new ProtobufWriter().Text(Data.PropertyName, name).Text(Data.PropertyValue, value);

    private static McsFrame Frame(McsTag tag, ProtobufWriter body) => new(tag, body.Written);
}
