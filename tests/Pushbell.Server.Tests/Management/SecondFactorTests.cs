using Pushbell.Dispatch.Accounts;
using Pushbell.Testing;

namespace Pushbell.Server.Tests.Management;

public sealed class SecondFactorTests
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(30);
    private readonly ManualTimeProvider clock = new();

    [Fact]
    public async Task Totp_OnceConfirmed_IsAskedForAndLetsIn()
    {
        await using var managed = await ManagedServer.StartAsync(clock);
        var app = await Authenticator.SetUpAsync(managed.Owner, clock);
        clock.Advance(Step);
        using var other = Manage.Nobody(managed.Server);

        app.RecoveryCodes.Count.ShouldBe(10);
        app.RecoveryCodes.ShouldBeUnique();
        (await other.SignInAsync(ManagedServer.OwnerEmail, ManagedServer.Password)).ShouldRefuse(401, "TOTP_REQUIRED", "Enter the code");
        (await other.SignInAsync(ManagedServer.OwnerEmail, "wrong horse battery")).ShouldRefuse(401, "UNAUTHORIZED");
        (await other.SignInAsync(ManagedServer.OwnerEmail, ManagedServer.Password, app.CodeAt(0))).Status.ShouldBe(200);
        other.Session.GetProperty("account").GetProperty("has_totp").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task Code_UsedBefore_IsRefused_AlsoAtOnce()
    {
        await using var managed = await ManagedServer.StartAsync(clock);
        var app = await Authenticator.SetUpAsync(managed.Owner, clock);
        clock.Advance(Step * 2);
        using var other = Manage.Nobody(managed.Server);
        var code = app.CodeAt(0);

        var replies = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => other.SignInAsync(ManagedServer.OwnerEmail, ManagedServer.Password, code)));

        replies.Count(reply => reply.Status == 200).ShouldBe(1);
        replies.Where(reply => reply.Status != 200).ShouldAllBe(reply => reply.Text("code") == "TOTP_REQUIRED");
        (await other.SignInAsync(ManagedServer.OwnerEmail, ManagedServer.Password, app.CodeAt(-1))).ShouldRefuse(401, "TOTP_REQUIRED", "used already");
    }

    [Fact]
    public async Task WrongCodes_CountLikeWrongPasswords()
    {
        await using var managed = await ManagedServer.StartAsync(clock);
        var app = await Authenticator.SetUpAsync(managed.Owner, clock);
        clock.Advance(Step * 10);
        using var other = Manage.Nobody(managed.Server);
        for (var attempt = 0; attempt < 5; attempt++)
        {
            (await other.SignInAsync(ManagedServer.OwnerEmail, ManagedServer.Password, app.CodeAt(100 + attempt))).Status.ShouldBe(401);
        }

        (await other.SignInAsync(ManagedServer.OwnerEmail, ManagedServer.Password, app.CodeAt(0))).ShouldRefuse(429, "RATE_LIMITED");
    }

    [Fact]
    public async Task RecoveryCode_IsGoodOnce()
    {
        await using var managed = await ManagedServer.StartAsync(clock);
        var app = await Authenticator.SetUpAsync(managed.Owner, clock);
        using var other = Manage.Nobody(managed.Server);

        (await other.SignInAsync(ManagedServer.OwnerEmail, ManagedServer.Password, app.RecoveryCodes[3].ToUpperInvariant())).Status.ShouldBe(200);
        (await other.SignInAsync(ManagedServer.OwnerEmail, ManagedServer.Password, app.RecoveryCodes[3])).ShouldRefuse(401, "TOTP_REQUIRED");
        (await other.SignInAsync(ManagedServer.OwnerEmail, ManagedServer.Password, app.RecoveryCodes[4].Replace("-", "", StringComparison.Ordinal))).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Proposal_NotProved_ChangesNothing()
    {
        await using var managed = await ManagedServer.StartAsync(clock);
        var proposed = await managed.Owner.PostAsync("/account/totp");
        using var other = Manage.Nobody(managed.Server);

        (await managed.Owner.PutAsync("/account/totp", new { code = "000000" })).ShouldRefuse(400, "INVALID_REQUEST", "The code is wrong");

        var secret = proposed.Text("secret")!;
        var app = new Authenticator(secret, clock);
        proposed.Text("uri").ShouldBe($"otpauth://totp/Pushbell:owner%40example.com?secret={secret}&issuer=Pushbell&algorithm=SHA1&digits=6&period=30");
        (await other.SignInAsync(ManagedServer.OwnerEmail, ManagedServer.Password)).Status.ShouldBe(200);
        (await other.PutAsync("/account/totp", new { code = app.CodeAt(0) })).Status.ShouldBe(200);
        (await other.PutAsync("/account/totp", new { code = app.CodeAt(1) })).ShouldRefuse(409, "CONFLICT");
    }

    [Fact]
    public async Task Removal_TakesThePassword()
    {
        await using var managed = await ManagedServer.StartAsync(clock);
        var app = await Authenticator.SetUpAsync(managed.Owner, clock);

        (await managed.Owner.PostAsync("/account/totp")).ShouldRefuse(409, "CONFLICT", "remove it first");
        (await managed.Owner.DeleteAsync("/account/totp", new { password = "wrong horse battery" })).ShouldRefuse(400, "INVALID_REQUEST", "not your present password");
        (await managed.Owner.DeleteAsync("/account/totp", new { password = ManagedServer.Password })).Status.ShouldBe(204);

        using var other = Manage.Nobody(managed.Server);
        (await other.SignInAsync(ManagedServer.OwnerEmail, ManagedServer.Password)).Status.ShouldBe(200);
        await Authenticator.SetUpAsync(managed.Owner, clock);
        (await other.SignInAsync(ManagedServer.OwnerEmail, ManagedServer.Password, app.RecoveryCodes[0])).ShouldRefuse(401, "TOTP_REQUIRED");
    }

    [Fact]
    public async Task SecretAndRecoveryCodes_DoNotLieReadableInTheDatabase()
    {
        await using var managed = await ManagedServer.StartAsync(clock);
        var app = await Authenticator.SetUpAsync(managed.Owner, clock);

        var disk = await managed.Server.Storage.ReadDiskAsync();

        disk.ShouldNotContain(System.Text.Encoding.Latin1.GetString(app.Secret));
        disk.ShouldNotContain(Totp.Text(app.Secret));
        app.RecoveryCodes.Where(code => disk.Contains(code, StringComparison.Ordinal)).ShouldBeEmpty();
    }
}
