namespace Pushbell.WebPush.Tests;

public sealed class PushMessageTests
{
    [Theory]
    [InlineData(-1)]
    [InlineData(2049)]
    public void PadTo_OutsideItsRange_Throws(int padTo) =>
        Should.Throw<ArgumentOutOfRangeException>(() => new PushMessage(default, TimeSpan.Zero) { PadTo = padTo });

    [Theory]
    [InlineData(PushUrgency.VeryLow, "very-low")]
    [InlineData(PushUrgency.Low, "low")]
    [InlineData(PushUrgency.Normal, "normal")]
    [InlineData(PushUrgency.High, "high")]
    public void Urgency_HeaderAndBack_IsTheSame(PushUrgency urgency, string header)
    {
        urgency.ToHeader().ShouldBe(header);
        PushUrgencyHeader.TryParse(header, out var parsed).ShouldBeTrue();
        parsed.ShouldBe(urgency);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("HIGH")]
    [InlineData("VeryLow")]
    [InlineData("3")]
    public void UrgencyTryParse_OtherText_IsRefused(string? text) => PushUrgencyHeader.TryParse(text, out _).ShouldBeFalse();

    [Theory]
    [InlineData("a", true)]
    [InlineData("upd-2026_01", true)]
    [InlineData("abcdefghijklmnopqrstuvwxyz012345", true)]
    [InlineData("abcdefghijklmnopqrstuvwxyz0123456", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    [InlineData("a b", false)]
    [InlineData("a+b", false)]
    [InlineData("a=", false)]
    [InlineData("ä", false)]
    public void TopicTryParse_Text_FollowsRfc8030(string? text, bool valid)
    {
        PushTopic.TryParse(text, out var topic).ShouldBe(valid);
        topic.Value.ShouldBe(valid ? text : string.Empty);
    }

    [Fact]
    public void TopicFromTag_AnyTag_IsTheHeadOfItsHash()
    {
        // printf 'order 7' | openssl dgst -sha256 -binary | base64
        PushTopic.FromTag("order 7").Value.ShouldBe("D8ifiuGTlLSN69Y1O7mtM5PzvHkZMVGf");
        PushTopic.TryParse(PushTopic.FromTag(new string('ß', 5000)).Value, out _).ShouldBeTrue();
        PushTopic.FromTag("a").ShouldNotBe(PushTopic.FromTag("b"));
    }
}
