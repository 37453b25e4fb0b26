using Microsoft.Extensions.DependencyInjection;
using Pushbell.Dispatch.Accounts;
using Pushbell.Dispatch.Audit;
using Pushbell.Dispatch.Organizations;
using Pushbell.Server.Hosting;
using Pushbell.Testing;

namespace Pushbell.Server.Tests.Management;

public sealed class LinkTests
{
    private const string NewPassword = "staple correct horse";
    private readonly ManualTimeProvider clock = new();

    [Fact]
    public async Task ResetLink_SetsThePassword_Once_AndEndsSessions()
    {
        await using var managed = await ManagedServer.StartAsync(clock);
        var token = await ResetAsync(managed);
        using var other = Manage.Nobody(managed.Server);

        var look = await other.PostAsync("/links/look", new { token });
        look.Json.GetProperty("kind").GetString().ShouldBe("reset");
        look.Json.GetProperty("email").GetString().ShouldBe(ManagedServer.OwnerEmail);
        look.Json.GetProperty("needs").GetString().ShouldBe("new_password");
        look.Json.GetProperty("expires_at").GetString().ShouldBe("2026-01-15T15:30:00Z");
        (await UseAsync(other, token, "too short")).ShouldRefuse(400, "INVALID_REQUEST", "at least 12 characters");
        (await UseAsync(other, token, NewPassword)).Status.ShouldBe(200);

        (await managed.Owner.GetAsync("/session")).Status.ShouldBe(401);
        (await other.GetAsync("/session")).Status.ShouldBe(200);
        (await UseAsync(other, token, "another long password")).ShouldRefuse(404, "NOT_FOUND", "used already");
        (await other.PostAsync("/links/look", new { token })).ShouldRefuse(404, "NOT_FOUND", "used already");
        (await other.SignInAsync(ManagedServer.OwnerEmail, NewPassword)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Link_ManyAtOnce_IsGoodForOne()
    {
        await using var managed = await ManagedServer.StartAsync(clock);
        var token = await ResetAsync(managed);
        using var other = Manage.Nobody(managed.Server);

        var replies = await Task.WhenAll(Enumerable.Range(0, 6).Select(at => UseAsync(other, token, $"correct horse number {at}")));

        replies.Count(reply => reply.Status == 200).ShouldBe(1);
        replies.Count(reply => reply.Status == 404).ShouldBe(5);
    }

    [Fact]
    public async Task Link_Expired_Replaced_OrUnknown_SaysSo()
    {
        await using var managed = await ManagedServer.StartAsync(clock);
        using var other = Manage.Nobody(managed.Server);
        var first = await ResetAsync(managed);
        var second = await ResetAsync(managed);

        (await other.PostAsync("/links/look", new { token = first })).ShouldRefuse(404, "NOT_FOUND", "unknown or was withdrawn");
        (await other.PostAsync("/links/look", new { token = second })).Status.ShouldBe(200);
        clock.Advance(TimeSpan.FromHours(1));
        (await other.PostAsync("/links/look", new { token = second })).ShouldRefuse(404, "NOT_FOUND", "expired");
        (await UseAsync(other, second, NewPassword)).ShouldRefuse(404, "NOT_FOUND", "expired");
    }

    [Fact]
    public async Task ResetLink_WithASecondFactor_AsksForIt_UnlessItWasMadeWithout()
    {
        await using var managed = await ManagedServer.StartAsync(clock);
        using var other = Manage.Nobody(managed.Server);
        await Authenticator.SetUpAsync(managed.Owner, clock);

        var token = await ResetAsync(managed);
        (await UseAsync(other, token, NewPassword)).ShouldRefuse(401, "TOTP_REQUIRED");
        (await other.SignInAsync(ManagedServer.OwnerEmail, NewPassword)).ShouldRefuse(401, "UNAUTHORIZED");

        var without = await ResetAsync(managed, withoutTotp: true);
        (await UseAsync(other, without, NewPassword)).Status.ShouldBe(200);
        (await other.SignInAsync(ManagedServer.OwnerEmail, NewPassword)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task FirstStart_WithoutAPassword_MakesALinkForTheOwner()
    {
        await using var storage = await TestDatabase.CreateAsync();
        await using var push = await RunningServer.StartPushServiceAsync(clock);
        var keys = await FillAsync(storage);
        await using var server = await RunningServer.StartNodeAsync(storage, push, clock);
        await using var console = new StringWriter();

        Greeting.Write(console, [server.Url], keys, server.Services.GetRequiredService<PushbellSettings>());

        var link = console.ToString().Split(' ', '\n').Single(word => word.Contains("/#/link/", StringComparison.Ordinal));
        link.ShouldStartWith(server.Url.GetLeftPart(UriPartial.Authority) + "/#/link/ln_");
        using var owner = Manage.Nobody(server);
        var look = await owner.PostAsync("/links/look", new { token = Manage.TokenOf(link) });
        look.Json.GetProperty("kind").GetString().ShouldBe("first");
        look.Json.GetProperty("email").GetString().ShouldBe("first@example.com");
        (await owner.UseLinkAsync(link, NewPassword)).Status.ShouldBe(200);
        owner.Session.GetProperty("account").GetProperty("is_operator").GetBoolean().ShouldBeTrue();
        (await owner.SignInAsync("first@example.com", NewPassword)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Invitation_OfSomebodyNew_MakesTheAccount()
    {
        await using var managed = await ManagedServer.StartAsync(clock);
        var invited = await managed.Owner.PostAsync(managed.Organization + "/invitations", new { email = "Ann@Example.com", role = "sender" });
        using var ann = Manage.Nobody(managed.Server);

        var look = await ann.PostAsync("/links/look", new { token = Manage.TokenOf(invited.Text("link")!) });
        look.Json.GetProperty("kind").GetString().ShouldBe("invitation");
        look.Json.GetProperty("organization_name").GetString().ShouldBe("My Organization");
        look.Json.GetProperty("role").GetString().ShouldBe("sender");
        look.Json.GetProperty("needs").GetString().ShouldBe("new_password");
        (await ann.UseLinkAsync(invited.Text("link")!, NewPassword)).Status.ShouldBe(200);

        ann.Session.GetProperty("account").GetProperty("email").GetString().ShouldBe("ann@example.com");
        ann.Session.GetProperty("account").GetProperty("is_operator").GetBoolean().ShouldBeFalse();
        ann.Session.GetProperty("organizations")[0].GetProperty("role").GetString().ShouldBe("sender");
    }

    [Fact]
    public async Task Invitation_OfAnAccountThatExists_TakesItsPasswordAndSecondFactor()
    {
        await using var managed = await ManagedServer.StartAsync(clock);
        using var ann = await managed.JoinAsync("ann@example.com", "viewer");
        var app = await Authenticator.SetUpAsync(ann, clock);
        clock.Advance(TimeSpan.FromMinutes(1));
        var other = await managed.AddOrganizationAsync();
        var link = (await managed.Owner.PostAsync(other + "/invitations", new { email = "ann@example.com", role = "admin" })).Text("link")!;
        using var guest = Manage.Nobody(managed.Server);

        (await guest.PostAsync("/links/look", new { token = Manage.TokenOf(link) })).Json.GetProperty("needs").GetString().ShouldBe("password");
        // Whoever has made the link knows it: it must not be a way to set somebody else's password.
        (await guest.UseLinkAsync(link, NewPassword)).ShouldRefuse(401, "UNAUTHORIZED");
        (await guest.UseLinkAsync(link, ManagedServer.Password)).ShouldRefuse(401, "TOTP_REQUIRED");
        (await guest.UseLinkAsync(link, ManagedServer.Password, app.CodeAt(0))).Status.ShouldBe(200);

        guest.Session.GetProperty("organizations").GetArrayLength().ShouldBe(2);
    }

    [Fact]
    public async Task Invitation_OfAnAccountWithoutAPassword_CannotSetOne()
    {
        await using var server = await RunningServer.StartAsync(clock, ("Pushbell:Bootstrap:OwnerEmail", "first@example.com"), ("Pushbell:Role", "api"));
        var tenant = await Tenant.AddAsync(server);
        Dispatch.PublicId.TryOrganization(tenant.OrganizationId, out var organization);
        var made = await server
            .Services.GetRequiredService<Invitations>()
            .CreateAsync(organization, "first@example.com", Role.Viewer, Role.Owner, Act.OfCommandLine("test"), CancellationToken.None);
        using var guest = Manage.Nobody(server);

        (await UseAsync(guest, made.Value.Token, NewPassword)).ShouldRefuse(401, "UNAUTHORIZED");
    }

    [Fact]
    public async Task Invitation_AfterSevenDays_OrWithdrawn_IsNoMore()
    {
        await using var managed = await ManagedServer.StartAsync(clock);
        using var guest = Manage.Nobody(managed.Server);
        async Task<(string Id, string Link)> InviteAsync(string email)
        {
            var reply = await managed.Owner.PostAsync(managed.Organization + "/invitations", new { email, role = "viewer" });
            return (reply.Text("invitation_id")!, reply.Text("link")!);
        }

        var (id, withdrawn) = await InviteAsync("ann@example.com");
        (await managed.Owner.DeleteAsync($"{managed.Organization}/invitations/{id}")).Status.ShouldBe(204);
        (await managed.Owner.DeleteAsync($"{managed.Organization}/invitations/{id}")).ShouldRefuse(404, "NOT_FOUND");
        (await guest.UseLinkAsync(withdrawn, NewPassword)).ShouldRefuse(404, "NOT_FOUND", "withdrawn");

        var (_, lapsed) = await InviteAsync("bob@example.com");
        clock.Advance(TimeSpan.FromDays(7));
        (await guest.UseLinkAsync(lapsed, NewPassword)).ShouldRefuse(404, "NOT_FOUND", "expired");
        (await managed.Owner.GetAsync(managed.Organization + "/members")).Json.GetProperty("invitations").GetArrayLength().ShouldBe(0);
    }

    /// <summary>What a server's first start does once it listens.</summary>
    private async Task<FirstKeys> FillAsync(TestDatabase storage)
    {
        string[] args = [.. storage.ServerSettings.Select(setting => $"--{setting.Key}={setting.Value}"), "--Pushbell:Bootstrap:OwnerEmail=First@Example.com"];
        await using var server = await ServerHost.BuildAsync(args, clock);
        var values = server.Services.GetRequiredService<PushbellSettings>().Bootstrap.ToValues();
        return (await server.Services.GetRequiredService<FirstStart>().RunAsync(values, CancellationToken.None)).ShouldNotBeNull();
    }

    private static async Task<string> ResetAsync(ManagedServer managed, bool withoutTotp = false)
    {
        var book = managed.Server.Services.GetRequiredService<AccountBook>();
        var reset = await book.ResetAsync(ManagedServer.OwnerEmail, withoutTotp, Act.OfCommandLine("account.reset"), CancellationToken.None);
        return reset.Value!.Token;
    }

    private static Task<V2.Stories.Reply> UseAsync(Manage manage, string token, string password) => manage.UseLinkAsync("/#/link/" + token, password);
}
