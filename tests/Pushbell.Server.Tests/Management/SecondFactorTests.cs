using Pushbell.Dispatch.Accounts;
using Pushbell.Testing;

namespace Pushbell.Server.Tests.Management;

/// <summary>Each on an account of its own.</summary>
public sealed class SecondFactorTests(SecondFactorTests.Setting setting) : IClassFixture<SecondFactorTests.Setting>
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(30);
    private readonly ManualTimeProvider clock = setting.Clock;
    private readonly string email = setting.NextEmail();

    [Fact]
    public async Task Totp_OnceConfirmed_IsAskedForAndLetsIn()
    {
        using var account = await JoinAsync();
        var app = await Authenticator.SetUpAsync(account, clock);
        clock.Advance(Step);
        using var other = Manage.Nobody(setting.Service.Server);

        app.RecoveryCodes.Count.ShouldBe(10);
        app.RecoveryCodes.ShouldBeUnique();
        (await other.SignInAsync(email, ManagedServer.Password)).ShouldRefuse(401, "TOTP_REQUIRED", "Enter the code");
        (await other.SignInAsync(email, "wrong horse battery")).ShouldRefuse(401, "UNAUTHORIZED");
        (await other.SignInAsync(email, ManagedServer.Password, app.CodeAt(0))).Status.ShouldBe(200);
        other.Session.GetProperty("account").GetProperty("has_totp").GetBoolean().ShouldBeTrue();
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(-2, false)]
    [InlineData(2, false)]
    public async Task Code_OfAStepAside_IsGood_AndNoneFurther(int steps, bool isGood)
    {
        using var account = await JoinAsync();
        var app = await Authenticator.SetUpAsync(account, clock);
        clock.Advance(Step * 10);
        using var other = Manage.Nobody(setting.Service.Server);

        var reply = await other.SignInAsync(email, ManagedServer.Password, app.CodeAt(steps));

        reply.Status.ShouldBe(isGood ? 200 : 401, reply.Body);
    }

    [Fact]
    public async Task Code_UsedBefore_IsRefused_AlsoAtOnce()
    {
        using var account = await JoinAsync();
        var app = await Authenticator.SetUpAsync(account, clock);
        clock.Advance(Step * 2);
        using var other = Manage.Nobody(setting.Service.Server);
        var code = app.CodeAt(0);

        var replies = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => other.SignInAsync(email, ManagedServer.Password, code)));

        replies.Count(reply => reply.Status == 200).ShouldBe(1);
        replies.Where(reply => reply.Status != 200).ShouldAllBe(reply => reply.Text("code") == "TOTP_REQUIRED");
        (await other.SignInAsync(email, ManagedServer.Password, app.CodeAt(-1))).ShouldRefuse(401, "TOTP_REQUIRED", "used already");
    }

    [Fact]
    public async Task WrongCodes_CountLikeWrongPasswords()
    {
        using var account = await JoinAsync();
        var app = await Authenticator.SetUpAsync(account, clock);
        clock.Advance(Step * 10);
        using var other = Manage.Nobody(setting.Service.Server);
        for (var attempt = 0; attempt < 5; attempt++)
        {
            (await other.SignInAsync(email, ManagedServer.Password, app.CodeAt(100 + attempt))).Status.ShouldBe(401);
        }

        (await other.SignInAsync(email, ManagedServer.Password, app.CodeAt(0))).ShouldRefuse(429, "RATE_LIMITED");
    }

    [Fact]
    public async Task RecoveryCode_IsGoodOnce()
    {
        using var account = await JoinAsync();
        var app = await Authenticator.SetUpAsync(account, clock);
        using var other = Manage.Nobody(setting.Service.Server);

        (await other.SignInAsync(email, ManagedServer.Password, app.RecoveryCodes[3].ToUpperInvariant())).Status.ShouldBe(200);
        (await other.SignInAsync(email, ManagedServer.Password, app.RecoveryCodes[3])).ShouldRefuse(401, "TOTP_REQUIRED");
        (await other.SignInAsync(email, ManagedServer.Password, app.RecoveryCodes[4].Replace("-", "", StringComparison.Ordinal))).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Proposal_NotProved_ChangesNothing()
    {
        using var account = await JoinAsync();
        var proposed = await account.PostAsync("/account/totp");
        using var other = Manage.Nobody(setting.Service.Server);

        (await account.PutAsync("/account/totp", new { code = "000000" })).ShouldRefuse(400, "INVALID_REQUEST", "The code is wrong");

        var secret = proposed.Text("secret")!;
        var app = new Authenticator(secret, clock);
        proposed.Text("uri").ShouldBe($"otpauth://totp/Pushbell:{Uri.EscapeDataString(email)}?secret={secret}&issuer=Pushbell&algorithm=SHA1&digits=6&period=30");
        (await other.SignInAsync(email, ManagedServer.Password)).Status.ShouldBe(200);
        (await other.PutAsync("/account/totp", new { code = app.CodeAt(0) })).Status.ShouldBe(200);
        (await other.PutAsync("/account/totp", new { code = app.CodeAt(1) })).ShouldRefuse(409, "CONFLICT");
    }

    [Fact]
    public async Task Removal_TakesThePassword()
    {
        using var account = await JoinAsync();
        var app = await Authenticator.SetUpAsync(account, clock);

        (await account.PostAsync("/account/totp")).ShouldRefuse(409, "CONFLICT", "remove it first");
        (await account.DeleteAsync("/account/totp", new { password = "wrong horse battery" })).ShouldRefuse(400, "INVALID_REQUEST", "not your present password");
        (await account.DeleteAsync("/account/totp", new { password = ManagedServer.Password })).Status.ShouldBe(204);

        using var other = Manage.Nobody(setting.Service.Server);
        (await other.SignInAsync(email, ManagedServer.Password)).Status.ShouldBe(200);
        await Authenticator.SetUpAsync(account, clock);
        (await other.SignInAsync(email, ManagedServer.Password, app.RecoveryCodes[0])).ShouldRefuse(401, "TOTP_REQUIRED");
    }

    [Fact]
    public async Task SecretAndRecoveryCodes_DoNotLieReadableInTheDatabase()
    {
        using var account = await JoinAsync();
        var app = await Authenticator.SetUpAsync(account, clock);

        var disk = await setting.Service.Server.Storage.ReadDiskAsync();

        disk.ShouldNotContain(System.Text.Encoding.Latin1.GetString(app.Secret));
        disk.ShouldNotContain(Totp.Text(app.Secret));
        app.RecoveryCodes.Where(code => disk.Contains(code, StringComparison.Ordinal)).ShouldBeEmpty();
    }

    private Task<Manage> JoinAsync()
    {
        // Nobody is refused for what another test has tried from the same address.
        clock.Advance(TimeSpan.FromMinutes(15));
        return setting.Service.Managed.JoinAsync(email, "viewer");
    }

    public sealed class Setting : SharedService
    {
        private int people;

        public ManualTimeProvider Clock { get; } = new();

        public string NextEmail() => $"person-{++people}@example.com";

        private protected override Task<ManagedService> StartAsync() => ManagedService.StartAsync(Clock);
    }
}
