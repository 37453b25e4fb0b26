using Pushbell.Dispatch.Accounts;

namespace Pushbell.Dispatch.Tests.Accounts;

public sealed class PasswordRulesTests
{
    [Theory]
    [InlineData("elevenchars", "at least 12 characters")]
    [InlineData("owner@example.com", "must not be the email")]
    [InlineData("  OWNER@example.com ", "must not be the email")]
    // Characters, not UTF-16 units.
    [InlineData("🔔🔔🔔🔔🔔🔔🔔🔔🔔🔔🔔", "at least 12 characters")]
    public void Problem_OfABadPassword_SaysWhich(string password, string sentence) =>
        PasswordRules.Problem(password, "owner@example.com").ShouldNotBeNull().ShouldContain(sentence);

    [Fact]
    public void Problem_OfATooLongOne_SaysSo() => PasswordRules.Problem(new string('x', 1_001), "a@b.c").ShouldNotBeNull().ShouldContain("at most 1000");

    [Theory]
    [InlineData("twelve chars")]
    [InlineData("🔔🔔🔔🔔🔔🔔🔔🔔🔔🔔🔔🔔")]
    [InlineData("owner@example.com?")]
    public void Problem_OfAGoodPassword_IsNone(string password) => PasswordRules.Problem(password, "owner@example.com").ShouldBeNull();
}
