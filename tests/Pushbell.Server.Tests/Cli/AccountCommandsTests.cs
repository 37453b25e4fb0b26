using System.Text.Json;
using System.Text.RegularExpressions;
using Pushbell.Server.Tests.Management;
using Pushbell.Testing;

namespace Pushbell.Server.Tests.Cli;

/// <summary><c>pushbell account|member|management-key|audit</c>, beside the server whose people they are about.</summary>
public sealed partial class AccountCommandsTests
{
    private const string NewPassword = "staple correct horse";
    private readonly ManualTimeProvider clock = new();

    [Fact]
    public async Task AccountList_ShowsWhoCanSignIn()
    {
        await using var managed = await ManagedServer.StartAsync(clock);
        var terminal = Terminal.Beside(managed.Server, clock);

        var account = (await terminal.JsonAsync("account", "list")).GetProperty("accounts").EnumerateArray().ShouldHaveSingleItem();

        account.ShouldBe(
            ("account_id", account.Text("account_id")),
            ("email", "owner@example.com"),
            ("is_operator", true),
            ("has_password", true),
            ("has_totp", false),
            ("created_at", "2026-01-15T14:30:00Z"),
            ("last_seen_at", "2026-01-15T14:30:00Z")
        );
        (await terminal.RunAsync("account", "list")).Output.ShouldContain("owner@example.com  yes       yes       no ");
    }

    [Fact]
    public async Task AccountReset_PrintsALinkThatWorks()
    {
        await using var managed = await ManagedServer.StartAsync(clock);
        var terminal = Terminal.Beside(managed.Server, clock);
        using var somebody = Manage.Nobody(managed.Server);

        var made = await terminal.JsonAsync("account", "reset", "Owner@Example.com");
        var text = (await terminal.RunAsync("account", "reset", "owner@example.com", "--Pushbell:PublicUrl=https://push.example.com")).Output;

        made.ShouldBe(("email", "owner@example.com"), ("link", made.Text("link")), ("expires_at", "2026-01-15T15:30:00Z"));
        made.Text("link").ShouldStartWith("http://localhost:8080/#/link/ln_");
        text.ShouldContain("https://push.example.com/#/link/ln_");
        // The second has taken the place of the first.
        (await somebody.UseLinkAsync(made.Text("link"), NewPassword)).Status.ShouldBe(404);
        (await somebody.UseLinkAsync(Link().Match(text).Value, NewPassword)).Status.ShouldBe(200);
        (await terminal.RunAsync("account", "reset", "nobody@example.com")).ShouldFail(1, "There is no account 'nobody@example.com'. See: pushbell account list");
        (await terminal.RunAsync("account", "reset", "nobody")).ShouldFail(2, "'nobody' is not an email address.");
    }

    [Fact]
    public async Task AccountReset_WithoutTotp_RemovesTheSecondFactor()
    {
        await using var managed = await ManagedServer.StartAsync(clock);
        await Authenticator.SetUpAsync(managed.Owner, clock);
        using var somebody = Manage.Nobody(managed.Server);

        var made = await Terminal.Beside(managed.Server, clock).JsonAsync("account", "reset", "owner@example.com", "--without-totp");

        (await somebody.UseLinkAsync(made.Text("link"), NewPassword)).Status.ShouldBe(200);
        somebody.Session.GetProperty("account").GetProperty("has_totp").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task AccountOperator_HoldsFromTheNextRequest()
    {
        await using var managed = await ManagedServer.StartAsync(clock);
        var terminal = Terminal.Beside(managed.Server, clock);
        using var ann = await managed.JoinAsync("ann@example.com", "viewer");

        (await ann.PostAsync("/organizations", new { name = "x" })).ShouldRefuse(403, "FORBIDDEN", "Only an operator");
        (await terminal.JsonAsync("account", "operator", "ann@example.com", "on")).GetProperty("is_operator").GetBoolean().ShouldBeTrue();
        (await ann.PostAsync("/organizations", new { name = "x" })).Status.ShouldBe(201);
        (await terminal.JsonAsync("account", "operator", "ann@example.com", "off")).GetProperty("is_operator").GetBoolean().ShouldBeFalse();
        (await ann.PostAsync("/organizations", new { name = "x" })).ShouldRefuse(403, "FORBIDDEN");
        (await terminal.RunAsync("account", "operator", "ann@example.com", "maybe")).ExitCode.ShouldBe(2);
    }

    [Fact]
    public async Task Members_AreInvited_Listed_Changed_AndRemoved()
    {
        await using var managed = await ManagedServer.StartAsync(clock);
        var terminal = Terminal.Beside(managed.Server, clock);
        using var ann = Manage.Nobody(managed.Server);

        var invited = await terminal.JsonAsync("member", "invite", "ann@example.com", "sender");
        invited.Text("expires_at").ShouldBe("2026-01-22T14:30:00Z");
        (await ann.UseLinkAsync(invited.Text("link"), NewPassword)).Status.ShouldBe(200);
        (await terminal.JsonAsync("member", "role", "ann@example.com", "owner")).Text("role").ShouldBe("owner");

        var members = (await terminal.JsonAsync("member", "list")).GetProperty("members").EnumerateArray().ToArray();
        members.Select(member => (member.Text("email"), member.Text("role"))).ShouldBe([("owner@example.com", "owner"), ("ann@example.com", "owner")]);
        (await terminal.RunAsync("member", "list")).Output.ShouldContain("ann@example.com    owner  no ");

        (await terminal.JsonAsync("member", "remove", "ann@example.com")).Text("email").ShouldBe("ann@example.com");
        (await ann.GetAsync(managed.Organization)).Status.ShouldBe(404);
        (await terminal.RunAsync("member", "remove", "ann@example.com")).ShouldFail(1, "My Organization has no member 'ann@example.com'. See: pushbell member list");
        (await terminal.RunAsync("member", "remove", "owner@example.com")).ShouldFail(1, "is the last owner");
    }

    [Fact]
    public async Task ManagementKeys_AreMade_Listed_AndRevoked()
    {
        await using var managed = await ManagedServer.StartAsync(clock);
        var terminal = Terminal.Beside(managed.Server, clock);

        var made = await terminal.JsonAsync("management-key", "create", "--role", "viewer", "--name", "pipeline");
        using var program = Manage.WithKey(managed.Server, made.Text("key"));
        (await program.GetAsync(managed.Organization)).Status.ShouldBe(200);
        (await program.PostAsync("/organizations", new { name = "x" })).Status.ShouldBe(403);

        var listed = (await terminal.JsonAsync("management-key", "list")).GetProperty("keys").EnumerateArray().ShouldHaveSingleItem();
        listed.TryGetProperty("key", out _).ShouldBeFalse();
        (listed.Text("name"), listed.Text("role"), listed.Text("hint")).ShouldBe(("pipeline", "viewer", made.Text("key")[^4..]));
        (await terminal.RunAsync("management-key", "revoke", made.Text("key_id"))).Output.ShouldContain("is revoked; requests with it are refused.");
        (await program.GetAsync(managed.Organization)).Status.ShouldBe(401);
        (await terminal.RunAsync("management-key", "revoke", "mkey_0000000000000")).ShouldFail(1, "There is no management key 'mkey_0000000000000'.");
        (await terminal.RunAsync("management-key", "create")).ShouldFail(2, "Give --role for an organization's key, or --operator");
    }

    [Fact]
    public async Task OperatorsKey_StandsAboveOrganizations()
    {
        await using var managed = await ManagedServer.StartAsync(clock);
        var terminal = Terminal.Beside(managed.Server, clock);

        var made = await terminal.JsonAsync("management-key", "create", "--operator");
        using var program = Manage.WithKey(managed.Server, made.Text("key"));

        made.GetProperty("organization_id").ValueKind.ShouldBe(JsonValueKind.Null);
        made.Text("role").ShouldBe("operator");
        var other = await program.PostAsync("/organizations", new { name = "Other" });
        (await program.GetAsync($"/organizations/{other.Text("organization_id")}/audit")).Json.GetProperty("entries")[0].Text("actor").ShouldBe($"key …{made.Text("hint")}");
        (await terminal.JsonAsync("management-key", "list", "--operator")).GetProperty("keys").GetArrayLength().ShouldBe(1);
        (await terminal.JsonAsync("management-key", "revoke", made.Text("key_id"), "--operator")).GetProperty("revoked_at").ValueKind.ShouldBe(
            JsonValueKind.String
        );
        (await program.GetAsync("/organizations")).Status.ShouldBe(401);
    }

    [Fact]
    public async Task Audit_HoldsWhatCommandsHaveChanged()
    {
        await using var managed = await ManagedServer.StartAsync(clock);
        var terminal = Terminal.Beside(managed.Server, clock);
        string[] service = ["--service", "shop"];
        async Task<JsonElement> LaterAsync(params string[] line)
        {
            // Each command makes ids of its own: they lie in order when time passes between them.
            clock.Advance(TimeSpan.FromSeconds(1));
            return await terminal.JsonAsync(line);
        }

        await LaterAsync("service", "create", "--identifier", "shop");
        await LaterAsync(["service", "set", .. service, "--name", "Shop"]);
        var key = (await LaterAsync(["key", "create", "--kind", "secret", .. service])).Text("key_id");
        await LaterAsync("key", "revoke", key);
        await LaterAsync(["vapid", "rotate", .. service]);
        await LaterAsync("plan", "set", "starter");
        await LaterAsync("credits", "add", "10");
        await LaterAsync("member", "invite", "ann@example.com", "viewer");
        await LaterAsync("account", "operator", "owner@example.com", "on");
        await LaterAsync("key", "list", "--service", "shop");

        var entries = (await terminal.JsonAsync("audit", "list")).GetProperty("entries").EnumerateArray().ToArray();
        entries
            .Select(entry => entry.Text("action"))
            .ShouldBe(["member.invite", "credits.top-up", "plan.set", "vapid.rotate", "key.revoke", "key.create", "service.change", "service.create"]);
        entries.ShouldAllBe(entry => entry.Text("actor") == "command line" && entry.GetProperty("address").ValueKind == JsonValueKind.Null);
        var installation = await terminal.JsonAsync("audit", "list", "--installation", "--limit", "1");
        installation.GetProperty("entries").EnumerateArray().ShouldHaveSingleItem().Text("action").ShouldBe("account.operator");
        (await terminal.RunAsync("audit", "list")).Output.ShouldContain("command line  plan.set");
    }

    [GeneratedRegex(@"https://\S+", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Link();
}
