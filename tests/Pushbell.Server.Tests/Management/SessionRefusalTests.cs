namespace Pushbell.Server.Tests.Management;

/// <summary>Who gets no session, and what a session is not good for.</summary>
public sealed class SessionRefusalTests(SharedService shared) : IClassFixture<SharedService>
{
    [Theory]
    [InlineData("/session")]
    [InlineData("/links/look")]
    [InlineData("/links/use")]
    public async Task OpenRoute_FromAnotherOrigin_IsRefused(string path)
    {
        using var manage = Manage.Nobody(Service.Server);
        var body = new { email = ManagedServer.OwnerEmail, password = ManagedServer.Password, token = "ln_x" };

        (await manage.CallAsync(HttpMethod.Post, path, body, ("Origin", "https://evil.example"))).ShouldRefuse(403, "FORBIDDEN");
    }

    [Fact]
    public async Task TokenOfAnotherSession_IsNoToken()
    {
        using var other = await Manage.SignedInAsync(Service.Server, ManagedServer.OwnerEmail, ManagedServer.Password);

        other.CsrfToken.ShouldNotBe(Service.Owner.CsrfToken);
        (await Service.Owner.CallAsync(HttpMethod.Patch, Service.Organization, new { name = "x" }, ("X-Csrf-Token", other.CsrfToken))).Status.ShouldBe(403);
    }

    [Fact]
    public async Task SignIn_UnknownEmailOrWrongPassword_AreToldApartByNothing()
    {
        using var manage = Manage.Nobody(Service.Server);

        var wrong = await manage.SignInAsync(ManagedServer.OwnerEmail, "wrong horse battery");
        var unknown = await manage.SignInAsync("nobody@example.com", ManagedServer.Password);
        var noAddress = await manage.SignInAsync("correct horse", ManagedServer.Password);

        wrong.ShouldRefuse(401, "UNAUTHORIZED", "The email or the password is wrong.");
        unknown.Body.ShouldBe(wrong.Body);
        noAddress.Body.ShouldBe(wrong.Body);
        unknown.Header("Set-Cookie").ShouldBeNull();
    }

    [Fact]
    public async Task SignIn_WithoutEmailOrPassword_SaysWhatIsMissing()
    {
        using var manage = Manage.Nobody(Service.Server);

        (await manage.PostAsync("/session", new { email = "owner@example.com" })).ShouldRefuse(400, "INVALID_REQUEST", "email and password are required.");
        (await manage.PostAsync("/session")).ShouldRefuse(415, "INVALID_REQUEST");
        (await manage.CallAsync(HttpMethod.Patch, "/session")).ShouldRefuse(405, "INVALID_REQUEST");
        (await manage.GetAsync("/nothing")).ShouldRefuse(404, "NOT_FOUND");
    }

    private ManagedService Service => shared.Service;
}
