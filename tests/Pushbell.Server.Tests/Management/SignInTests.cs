using Pushbell.Testing;

namespace Pushbell.Server.Tests.Management;

public sealed class SignInTests(SharedService shared) : IClassFixture<SharedService>
{
    private static readonly TimeSpan Quarter = TimeSpan.FromMinutes(15);
    private readonly ManualTimeProvider clock = new();

    [Fact]
    public async Task SignIn_RightPassword_BeginsASession()
    {
        using var manage = Manage.Nobody(shared.Service.Server);

        var reply = await manage.SignInAsync("Owner@Example.com ", ManagedServer.Password);

        reply.Status.ShouldBe(200, reply.Body);
        var account = reply.Json.GetProperty("account");
        account.GetProperty("email").GetString().ShouldBe("owner@example.com");
        account.GetProperty("account_id").GetString()!.ShouldStartWith("acc_");
        account.GetProperty("is_operator").GetBoolean().ShouldBeTrue();
        account.GetProperty("has_totp").GetBoolean().ShouldBeFalse();
        var organization = reply.Json.GetProperty("organizations").EnumerateArray().ShouldHaveSingleItem();
        organization.GetProperty("name").GetString().ShouldBe("My Organization");
        organization.GetProperty("role").GetString().ShouldBe("owner");
        reply.Text("version").ShouldBe("0.1.0");
        reply.Header("Cache-Control").ShouldBe("no-store");
        (await manage.GetAsync("/session")).Body.ShouldBe(reply.Body);
    }

    [Theory]
    [InlineData("owner@example.com")]
    [InlineData("nobody@example.com")]
    public async Task SignIn_SixthTimeWrong_IsRefusedUntilAQuarterOfAnHourIsOver(string email)
    {
        await using var server = await ManagedServer.StartServerAsync(clock);
        using var manage = Manage.Nobody(server);
        for (var attempt = 0; attempt < 5; attempt++)
        {
            (await manage.SignInAsync(email, "wrong horse battery")).Status.ShouldBe(401);
            clock.Advance(TimeSpan.FromMinutes(1));
        }

        var refused = await manage.SignInAsync(email, ManagedServer.Password);

        refused.ShouldRefuse(429, "RATE_LIMITED", "Try again in 10 minutes.");
        refused.Header("Retry-After").ShouldBe("600");
        clock.Advance(Quarter - TimeSpan.FromMinutes(5));
        (await manage.SignInAsync(email, ManagedServer.Password)).Status.ShouldBe(email == ManagedServer.OwnerEmail ? 200 : 401);
    }

    [Fact]
    public async Task SignIn_RightOnes_AreNotCounted()
    {
        using var manage = Manage.Nobody(shared.Service.Server);

        for (var attempt = 0; attempt < 7; attempt++)
        {
            (await manage.SignInAsync(ManagedServer.OwnerEmail, ManagedServer.Password)).Status.ShouldBe(200);
        }
    }

    [Fact]
    public async Task SignIn_TwentyWrongFromOneAddress_RefusesTheAddress()
    {
        await using var server = await ManagedServer.StartServerAsync(clock);
        using var manage = Manage.Nobody(server);
        var wrong = await Task.WhenAll(Enumerable.Range(0, 20).Select(person => manage.SignInAsync($"person-{person}@example.com", "wrong horse battery")));

        var refused = await manage.SignInAsync(ManagedServer.OwnerEmail, ManagedServer.Password);

        wrong.ShouldAllBe(reply => reply.Status == 401);
        refused.ShouldRefuse(429, "RATE_LIMITED", "Try again in 15 minutes.");
        clock.Advance(Quarter);
        (await manage.SignInAsync(ManagedServer.OwnerEmail, ManagedServer.Password)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task SignIn_ManyAtOnce_GetNoFurtherThanOneAfterTheOther()
    {
        await using var server = await ManagedServer.StartServerAsync(clock);
        using var manage = Manage.Nobody(server);

        var replies = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => manage.SignInAsync(ManagedServer.OwnerEmail, "wrong horse battery")));

        replies.Count(reply => reply.Status == 401).ShouldBe(5);
        replies.Count(reply => reply.Status == 429).ShouldBe(7);
    }

    [Fact]
    public async Task SignIn_LeavesNeitherPasswordsNorTokens_InTheDatabase()
    {
        await using var server = await ManagedServer.StartServerAsync(clock);
        using var manage = Manage.Nobody(server);
        // As people do who are in the wrong field.
        await manage.SignInAsync("my-secret-passphrase", "wrong horse battery");
        await manage.SignInAsync(ManagedServer.OwnerEmail, ManagedServer.Password);
        await server.Database.WriteAsync(session => session.ExecuteAsync("UPDATE organization SET name = 'flushed'"), CancellationToken.None);

        var disk = await server.Storage.ReadDiskAsync();

        disk.ShouldContain("flushed");
        disk.ShouldNotContain("my-secret-passphrase");
        disk.ShouldNotContain(ManagedServer.Password);
        disk.ShouldNotContain(manage.Cookie!.Split('=')[1]);
    }
}
