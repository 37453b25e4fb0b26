namespace Pushbell.WebPush.Tests.Profiles;

public sealed class RetryAfterTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 15, 14, 30, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("120", 120)]
    [InlineData(" 7 ", 7)]
    [InlineData("0", 1)]
    [InlineData("86400", 86_400)]
    [InlineData("Thu, 15 Jan 2026 14:35:00 GMT", 300)]
    [InlineData("Thu, 15 Jan 2026 14:30:00 GMT", 1)]
    [InlineData("Thu, 15 Jan 2026 14:29:00 GMT", 60)]
    [InlineData("Sun, 17 Jan 2027 14:30:00 GMT", 60)]
    [InlineData("-5", 60)]
    [InlineData("86401", 60)]
    [InlineData("99999999999999999999", 60)]
    [InlineData("1.5", 60)]
    [InlineData("soon", 60)]
    [InlineData("", 60)]
    [InlineData("2026-01-15T15:00:00Z", 60)]
    [InlineData("120, 240", 60)]
    public void Parse_AnyHeader_IsASensibleWait(string header, int seconds) =>
        RetryAfter.Parse(header, Now).ShouldBe(TimeSpan.FromSeconds(seconds));

    [Fact]
    public void Parse_NoHeader_IsNoWait() => RetryAfter.Parse(null, Now).ShouldBeNull();
}
