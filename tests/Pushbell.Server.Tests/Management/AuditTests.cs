using System.Data.Common;
using System.Text.Json;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Pushbell.Dispatch.Audit;
using Pushbell.Testing;

namespace Pushbell.Server.Tests.Management;

public sealed class AuditTests
{
    private readonly ManualTimeProvider clock = new();

    [Fact]
    public async Task Changes_OfAnOrganization_EachLeaveAnEntry()
    {
        await using var managed = await ManagedServer.StartAsync(clock);
        var (owner, path) = (managed.Owner, managed.Organization);
        using var ann = await managed.JoinAsync("ann@example.com", "viewer");
        var account = ann.Session.GetProperty("account").GetProperty("account_id").GetString()!;
        await owner.PatchAsync($"{path}/members/{account}", new { role = "sender" });
        await owner.DeleteAsync($"{path}/members/{account}");
        var invitation = (await owner.PostAsync(path + "/invitations", new { email = "bob@example.com", role = "admin" })).Text("invitation_id");
        await owner.DeleteAsync($"{path}/invitations/{invitation}");
        var key = await owner.PostAsync(path + "/management-keys", new { name = "pipeline", role = "admin" });
        using var program = Manage.WithKey(managed.Server, key.Text("key")!);
        await program.PostAsync(path + "/invitations", new { email = "carol@example.com", role = "viewer" });
        await owner.DeleteAsync($"{path}/management-keys/{key.Text("key_id")}");
        await owner.PatchAsync(path, new { name = "Renamed" });
        await owner.PutAsync(path + "/plan", new { plan = "starter" });

        var entries = await EntriesAsync(managed);

        var id = path["/organizations/".Length..];
        const string Owner = ManagedServer.OwnerEmail, Ann = "ann@example.com";
        entries
            .Select(entry => (entry.Text("actor"), entry.Text("action"), entry.Text("subject"), entry.Text("detail")))
            .ShouldBe(
                [
                    (Owner, "plan.set", id, "starter"),
                    (Owner, "organization.rename", id, "Renamed"),
                    (Owner, "management-key.revoke", key.Text("key_id"), "\"pipeline\""),
                    ("key …" + key.Text("hint"), "member.invite", "carol@example.com", "as viewer"),
                    (Owner, "management-key.create", key.Text("key_id"), "\"pipeline\", admin"),
                    (Owner, "invitation.withdraw", "bob@example.com", null),
                    (Owner, "member.invite", "bob@example.com", "as admin"),
                    (Owner, "member.remove", Ann, "was sender"),
                    (Owner, "member.role", Ann, "viewer → sender"),
                    (Ann, "link.use", account, "invitation, as viewer"),
                    (Owner, "member.invite", Ann, "as viewer"),
                ]
            );
        entries.ShouldAllBe(entry => entry.Text("address") == "127.0.0.1" && entry.Text("at") == "2026-01-15T14:30:00Z");
    }

    [Fact]
    public async Task Changes_OfAnAccount_LeaveEntriesOfTheInstallation()
    {
        await using var managed = await ManagedServer.StartAsync(clock);
        await Authenticator.SetUpAsync(managed.Owner, clock);
        await managed.Owner.DeleteAsync("/account/totp", new { password = ManagedServer.Password });
        await managed.Owner.PutAsync("/account/password", new { current = ManagedServer.Password, password = "staple correct horse" });
        await managed.Owner.DeleteAsync("/session");

        var log = managed.Server.Services.GetRequiredService<AuditLog>();
        var entries = await log.ListAsync(AuditLog.Installation, 100, after: null, CancellationToken.None);

        entries
            .Reverse()
            .Select(entry => entry.Action)
            .ShouldBe(["session.begin", "totp.propose", "totp.confirm", "totp.remove", "password.change", "session.end"]);
        entries.ShouldAllBe(entry => entry.Actor == ManagedServer.OwnerEmail && entry.Address == "127.0.0.1");
        (await EntriesAsync(managed, again: true)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Organization_MadeByAnOperator_BeginsWithThat()
    {
        await using var managed = await ManagedServer.StartAsync(clock);
        var other = await managed.AddOrganizationAsync("Other");

        var entry = (await managed.Owner.GetAsync(other + "/audit")).Json.GetProperty("entries").EnumerateArray().ShouldHaveSingleItem();

        (entry.Text("action"), entry.Text("subject"), entry.Text("detail")).ShouldBe(("organization.create", other["/organizations/".Length..], "Other"));
    }

    [Fact]
    public async Task Entries_ComeInPages()
    {
        await using var managed = await ManagedServer.StartAsync(clock);
        for (var name = 1; name <= 5; name++)
        {
            await managed.Owner.PatchAsync(managed.Organization, new { name = $"Name {name}" });
        }

        var first = (await managed.Owner.GetAsync(managed.Organization + "/audit?limit=3")).Json;
        var second = (await managed.Owner.GetAsync($"{managed.Organization}/audit?limit=3&after={first.Text("next")}")).Json;

        Details(first).ShouldBe(["Name 5", "Name 4", "Name 3"]);
        Details(second).ShouldBe(["Name 2", "Name 1"]);
        second.GetProperty("next").ValueKind.ShouldBe(JsonValueKind.Null);
        (await managed.Owner.GetAsync(managed.Organization + "/audit?limit=0")).ShouldRefuse(400, "INVALID_REQUEST", "limit");
        (await managed.Owner.GetAsync(managed.Organization + "/audit?after=x")).ShouldRefuse(400, "INVALID_REQUEST", "after");
    }

    [Theory]
    [InlineData("UPDATE audit_entry SET actor = 'somebody else'")]
    [InlineData("DELETE FROM audit_entry")]
    public async Task Entry_CannotBeChangedOrDeleted_ByAnybody(string sql)
    {
        await using var managed = await ManagedServer.StartAsync(clock);
        await managed.Owner.PatchAsync(managed.Organization, new { name = "Renamed" });
        await using var connection = await managed.Server.Storage.ConnectAsync();

        (await Should.ThrowAsync<DbException>(() => connection.ExecuteAsync(sql))).Message.ShouldContain("append-only");

        (await EntriesAsync(managed)).ShouldHaveSingleItem();
    }

    private static async Task<JsonElement[]> EntriesAsync(ManagedServer managed, bool again = false)
    {
        using var reader = again
            ? await Manage.SignedInAsync(managed.Server, ManagedServer.OwnerEmail, "staple correct horse")
            : await Manage.SignedInAsync(managed.Server, ManagedServer.OwnerEmail, ManagedServer.Password);
        return [.. (await reader.GetAsync(managed.Organization + "/audit")).Json.GetProperty("entries").EnumerateArray()];
    }

    private static IEnumerable<string?> Details(JsonElement page) => page.GetProperty("entries").EnumerateArray().Select(entry => entry.Text("detail"));
}

internal static class EntryFields
{
    public static string? Text(this JsonElement entry, string name) => entry.GetProperty(name).GetString();
}
