using System.Text;
using Pushbell.Dispatch.Accounts;

namespace Pushbell.Dispatch.Tests.Accounts;

public sealed class TotpTests
{
    private static readonly byte[] Secret = Encoding.ASCII.GetBytes("12345678901234567890");

    // RFC 6238, appendix B, SHA1: the last six of its eight digits.
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1_111_111_109, "081804")]
    [InlineData(1_111_111_111, "050471")]
    [InlineData(1_234_567_890, "005924")]
    [InlineData(2_000_000_000, "279037")]
    [InlineData(20_000_000_000, "353130")]
    public void CodeOf_TheVectorsOfTheRfc_IsTheirs(long seconds, string code) =>
        Totp.CodeOf(Secret, Totp.StepAt(DateTimeOffset.FromUnixTimeSeconds(seconds))).ShouldBe(code);

    // RFC 4226, appendix D.
    [Theory]
    [InlineData(0, "755224")]
    [InlineData(1, "287082")]
    [InlineData(9, "520489")]
    public void CodeOf_TheVectorsOfHotp_IsTheirs(long counter, string code) => Totp.CodeOf(Secret, counter).ShouldBe(code);

    [Theory]
    [InlineData(29, null)]
    [InlineData(30, 2L)]
    [InlineData(119, 2L)]
    [InlineData(120, null)]
    public void Match_OneStepBeforeUntilOneAfter_FindsTheStep(long seconds, long? step) =>
        Totp.Match(Secret, Totp.CodeOf(Secret, 2), DateTimeOffset.FromUnixTimeSeconds(seconds)).ShouldBe(step);

    [Theory]
    [InlineData("")]
    [InlineData("28708")]
    [InlineData("2870822")]
    [InlineData("２８７０８２")]
    public void Match_NoSixDigits_IsNone(string code) => Totp.Match(Secret, code, DateTimeOffset.FromUnixTimeSeconds(59)).ShouldBeNull();

    [Theory]
    [InlineData("", "")]
    [InlineData("f", "MY")]
    [InlineData("foob", "MZXW6YQ")]
    [InlineData("foobar", "MZXW6YTBOI")]
    [InlineData("12345678901234567890", "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")]
    public void Text_TheVectorsOfBase32_WithoutPadding(string octets, string text) => Totp.Text(Encoding.ASCII.GetBytes(octets)).ShouldBe(text);
}
