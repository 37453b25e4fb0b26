using Pushbell.LocalPushService.Gcm.Protobuf;

namespace Pushbell.LocalPushService.Tests.Gcm;

/// <summary>Held against the examples of the protobuf encoding guide.</summary>
public sealed class ProtobufTests
{
    [Fact]
    public void Write_ExamplesOfTheGuide_GiveTheirBytes()
    {
        new ProtobufWriter().Number(1, 150).Written.ToArray().ShouldBe([0x08, 0x96, 0x01]);
        new ProtobufWriter().Text(2, "testing").Written.ToArray().ShouldBe([0x12, 0x07, 0x74, 0x65, 0x73, 0x74, 0x69, 0x6e, 0x67]);
        new ProtobufWriter().Message(3, new ProtobufWriter().Number(1, 150)).Written.ToArray().ShouldBe([0x1a, 0x03, 0x08, 0x96, 0x01]);
        new ProtobufWriter().Number(1, -2).Written.ToArray().ShouldBe([0x08, 0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01]);
        new ProtobufWriter().Fixed64(7, 1).Written.ToArray().ShouldBe([0x39, 1, 0, 0, 0, 0, 0, 0, 0]);
    }

    [Fact]
    public void Parse_FieldsOfEveryType_FindsThem()
    {
        byte[] encoded = [0x08, 0x96, 0x01, 0x15, 1, 2, 3, 4, 0x19, 9, 0, 0, 0, 0, 0, 0, 0, 0x22, 1, 0x61, 0x22, 1, 0x62];

        var message = ProtobufMessage.Parse(encoded);

        message.Number(1).ShouldBe(150UL);
        message.Number(2).ShouldBeNull();
        message.Number(3).ShouldBe(9UL);
        message.Texts(4).ShouldBe(["a", "b"]);
        message.Text(4).ShouldBe("b");
        message.Text(5).ShouldBeNull();
    }

    [Theory]
    [InlineData(new byte[] { 0x08 })]
    [InlineData(new byte[] { 0x08, 0x80 })]
    [InlineData(new byte[] { 0x12, 0x02, 0x61 })]
    [InlineData(new byte[] { 0x0b })]
    [InlineData(new byte[] { 0x19, 1, 2 })]
    [InlineData(new byte[] { 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01 })]
    public void Parse_CutShortOrUnknown_IsRefused(byte[] encoded) =>
        Should.Throw<InvalidDataException>(() => ProtobufMessage.Parse(encoded));
}
