using Pushbell.Dispatch.Accounts;

namespace Pushbell.Dispatch.Tests.Accounts;

public sealed class PasswordHashTests
{
    [Fact]
    public void Verify_RightPasswordOnly_IsTrue()
    {
        var stored = PasswordHash.Create("correct horse");

        stored.ShouldStartWith("pbkdf2-sha512$210000$");
        stored.ShouldNotContain("horse");
        PasswordHash.Verify("correct horse", stored).ShouldBeTrue();
        PasswordHash.Verify("Correct horse", stored).ShouldBeFalse();
        PasswordHash.Verify("", stored).ShouldBeFalse();
    }

    [Fact]
    public void Create_SamePasswordTwice_IsSaltedApart() => PasswordHash.Create("same").ShouldNotBe(PasswordHash.Create("same"));

    [Theory]
    [InlineData("")]
    [InlineData("plaintext")]
    [InlineData("argon2$1$YQ==$YQ==")]
    public void Verify_UnknownFormat_IsFalse(string stored) => PasswordHash.Verify("x", stored).ShouldBeFalse();
}
