using System.Buffers;
using Pushbell.LocalPushService.Gcm.Protobuf;

namespace Pushbell.LocalPushService.Gcm.Mcs;

/// <summary>The kinds of frame that matter here; the tag byte on the wire.</summary>
internal enum McsTag : byte
{
    HeartbeatPing = 0,
    HeartbeatAck = 1,
    LoginRequest = 2,
    LoginResponse = 3,
    Close = 4,
    IqStanza = 7,
    DataMessage = 8,
}

/// <summary>One unit of the connection: a tag byte, a varint length, a protobuf message.</summary>
internal readonly record struct McsFrame(McsTag Tag, ReadOnlyMemory<byte> Body)
{
    /// <summary>Each side sends it once, before its first frame.</summary>
    public const byte ProtocolVersion = 41;

    private const int LargestBody = 64 * 1024;

    public void Write(IBufferWriter<byte> output)
    {
        output.Write([(byte)Tag]);
        Varint.Write(output, (ulong)Body.Length);
        output.Write(Body.Span);
    }

    /// <summary>Cuts one whole frame off the front of the buffer; false when it has not arrived yet.</summary>
    /// <exception cref="InvalidDataException">The announced length is out of all proportion.</exception>
    public static bool TryRead(ref ReadOnlySequence<byte> buffer, out McsFrame frame)
    {
        frame = default;
        var input = new SequenceReader<byte>(buffer);
        if (!input.TryRead(out var tag) || !Varint.TryRead(ref input, out var length))
            return false;
        if (length > LargestBody)
            throw new InvalidDataException("The frame is too long.");
        if (!input.TryReadExact((int)length, out var body))
            return false;

        frame = new McsFrame((McsTag)tag, body.ToArray());
        buffer = buffer.Slice(input.Position);
        return true;
    }
}
