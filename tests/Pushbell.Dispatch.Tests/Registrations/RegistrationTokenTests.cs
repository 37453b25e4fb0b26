using Pushbell.Dispatch.Registrations;

namespace Pushbell.Dispatch.Tests.Registrations;

public sealed class RegistrationTokenTests
{
    [Fact]
    public void TryParse_MadeToken_NamesItsTenant()
    {
        var token = RegistrationToken.Create(long.MaxValue, 42);

        RegistrationToken.TryParse(token, out var organization, out var service).ShouldBeTrue();

        (organization, service).ShouldBe((long.MaxValue, 42));
        RegistrationToken.Create(long.MaxValue, 42).ShouldNotBe(token);
        RegistrationToken.Hash(token).ShouldNotContain(token[3..]);
    }

    [Fact]
    public void TryParse_AnythingElse_IsRefused()
    {
        var token = RegistrationToken.Create(1, 2);
        string[] wrong =
        [
            "",
            "rt_",
            token[..^1],
            token + "A",
            "RT_" + token[3..],
            token[3..],
            "rt_" + new string('!', token.Length - 3),
            "rt_" + new string('=', token.Length - 3),
            "rt_" + new string('é', token.Length - 3),
            string.Concat(token.AsSpan(0, 10), " ", token.AsSpan(11)),
        ];

        wrong.Where(text => RegistrationToken.TryParse(text, out _, out _)).ShouldBeEmpty();
    }
}
