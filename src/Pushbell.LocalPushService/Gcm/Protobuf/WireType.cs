namespace Pushbell.LocalPushService.Gcm.Protobuf;

/// <summary>How a protobuf field is laid out; the low three bits of its tag.</summary>
internal enum WireType
{
    Varint = 0,
    Fixed64 = 1,
    LengthDelimited = 2,
    Fixed32 = 5,
}
