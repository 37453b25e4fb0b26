namespace Pushbell.WebPush.Tests.Vapid;

public sealed class VapidSubjectTests
{
    [Theory]
    [InlineData("mailto:ops@example.com")]
    [InlineData("mailto:a.b+push@mail.example.co.uk")]
    [InlineData("https://example.com")]
    [InlineData("https://example.com:8443/contact?who=ops")]
    public void TryValidate_ReachableContact_IsTaken(string subject)
    {
        VapidSubject.TryValidate(subject, out var problem).ShouldBeTrue(problem);
        problem.ShouldBeNull();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("ops@example.com")]
    [InlineData("mailto:")]
    [InlineData("mailto:ops")]
    [InlineData("mailto: ops@example.com")]
    [InlineData("mailto:<ops@example.com>")]
    [InlineData("mailto:Ops <ops@example.com>")]
    [InlineData("mailto:me@localhost")]
    [InlineData("mailto:me@push.localhost")]
    [InlineData("mailto:me@mac.local")]
    [InlineData("mailto:me@intranet")]
    [InlineData("mailto:me@127.0.0.1")]
    [InlineData("mailto:me@[127.0.0.1]")]
    [InlineData("mailto:me@example.com.")]
    [InlineData("MAILTO:ops@example.com")]
    [InlineData("http://example.com")]
    [InlineData("https://localhost")]
    [InlineData("https://intranet/contact")]
    [InlineData("https://127.0.0.1")]
    [InlineData("https://[2001:db8::1]/")]
    [InlineData("https://")]
    [InlineData("tel:+4312345")]
    public void TryValidate_ContactThatApplesServiceRefuses_IsRefused(string? subject)
    {
        VapidSubject.TryValidate(subject, out var problem).ShouldBeFalse();
        problem!.ShouldEndWith(".");
    }
}
