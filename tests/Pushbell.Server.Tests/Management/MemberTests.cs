using Pushbell.Testing;

namespace Pushbell.Server.Tests.Management;

public sealed class MemberTests
{
    private readonly ManualTimeProvider clock = new();

    [Fact]
    public async Task Members_AndInvitations_AreListed()
    {
        await using var managed = await ManagedServer.StartAsync(clock);
        using var ann = await managed.JoinAsync("ann@example.com", "sender");
        await managed.Owner.PostAsync(managed.Organization + "/invitations", new { email = "bob@example.com", role = "admin" });

        var list = (await ann.GetAsync(managed.Organization + "/members")).Json;

        var members = list.GetProperty("members").EnumerateArray().ToArray();
        members.Select(member => member.GetProperty("email").GetString()).ShouldBe(["owner@example.com", "ann@example.com"]);
        members.Select(member => member.GetProperty("role").GetString()).ShouldBe(["owner", "sender"]);
        members.ShouldAllBe(member => member.GetProperty("has_signed_in").GetBoolean() && !member.GetProperty("has_totp").GetBoolean());
        members[1].GetProperty("last_seen_at").GetString().ShouldBe("2026-01-15T14:30:00Z");
        var invitation = list.GetProperty("invitations").EnumerateArray().ShouldHaveSingleItem();
        invitation.GetProperty("email").GetString().ShouldBe("bob@example.com");
        invitation.GetProperty("expires_at").GetString().ShouldBe("2026-01-22T14:30:00Z");
        invitation.TryGetProperty("link", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Role_Changed_HoldsFromTheNextRequest()
    {
        await using var managed = await ManagedServer.StartAsync(clock);
        using var ann = await managed.JoinAsync("ann@example.com", "viewer");
        var path = $"{managed.Organization}/members/{IdOf(ann)}";

        (await ann.GetAsync(managed.Organization + "/audit")).ShouldRefuse(403, "FORBIDDEN", "This needs the role admin; yours is viewer.");
        var changed = await managed.Owner.PatchAsync(path, new { role = "admin" });
        changed.Text("role").ShouldBe("admin");
        (await ann.GetAsync(managed.Organization + "/audit")).Status.ShouldBe(200);

        (await managed.Owner.DeleteAsync(path)).Status.ShouldBe(204);
        (await ann.GetAsync(managed.Organization + "/audit")).ShouldRefuse(404, "NOT_FOUND", "There is no organization");
        (await ann.GetAsync("/session")).Json.GetProperty("organizations").GetArrayLength().ShouldBe(0);
        (await managed.Owner.DeleteAsync(path)).ShouldRefuse(404, "NOT_FOUND", "There is no member");
    }

    [Fact]
    public async Task LastOwner_Stays()
    {
        await using var managed = await ManagedServer.StartAsync(clock);
        var path = $"{managed.Organization}/members/{IdOf(managed.Owner)}";

        (await managed.Owner.DeleteAsync(path)).ShouldRefuse(409, "CONFLICT", "owner@example.com is the last owner");
        (await managed.Owner.PatchAsync(path, new { role = "admin" })).ShouldRefuse(409, "CONFLICT", "is the last owner");
        (await managed.Owner.PatchAsync(path, new { role = "owner" })).Status.ShouldBe(200);

        using var ann = await managed.JoinAsync("ann@example.com", "owner");
        (await ann.PatchAsync(path, new { role = "viewer" })).Status.ShouldBe(200);
        (await ann.DeleteAsync($"{managed.Organization}/members/{IdOf(ann)}")).ShouldRefuse(409, "CONFLICT", "ann@example.com is the last owner");
    }

    [Fact]
    public async Task TwoOwners_WhoRemoveEachOtherAtOnce_LeaveOne()
    {
        await using var managed = await ManagedServer.StartAsync(clock);
        var other = await managed.AddOrganizationAsync();
        using var ann = await managed.JoinAsync("ann@example.com", "owner", other);
        using var bob = await managed.JoinAsync("bob@example.com", "owner", other);

        var replies = await Task.WhenAll(ann.DeleteAsync($"{other}/members/{IdOf(bob)}"), bob.DeleteAsync($"{other}/members/{IdOf(ann)}"));

        replies.Count(reply => reply.Status == 204).ShouldBe(1);
        (await managed.Owner.GetAsync(other + "/members")).Json.GetProperty("members").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task Admin_MakesAndTouchesNoOwners()
    {
        await using var managed = await ManagedServer.StartAsync(clock);
        using var admin = await managed.JoinAsync("admin@example.com", "admin");
        using var ann = await managed.JoinAsync("ann@example.com", "viewer");
        var owner = $"{managed.Organization}/members/{IdOf(managed.Owner)}";
        const string Sentence = "Only an owner may make, change or remove an owner.";

        (await admin.PostAsync(managed.Organization + "/invitations", new { email = "x@example.com", role = "owner" })).ShouldRefuse(403, "FORBIDDEN", Sentence);
        (await admin.PatchAsync(owner, new { role = "viewer" })).ShouldRefuse(403, "FORBIDDEN", Sentence);
        (await admin.DeleteAsync(owner)).ShouldRefuse(403, "FORBIDDEN", Sentence);
        (await admin.PatchAsync($"{managed.Organization}/members/{IdOf(ann)}", new { role = "owner" })).ShouldRefuse(403, "FORBIDDEN", Sentence);
        (await admin.PatchAsync($"{managed.Organization}/members/{IdOf(ann)}", new { role = "admin" })).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Invitation_OfAMember_OrAgain_OrBad()
    {
        await using var managed = await ManagedServer.StartAsync(clock);
        using var ann = await managed.JoinAsync("ann@example.com", "viewer");
        using var guest = Manage.Nobody(managed.Server);
        Task<V2.Stories.Reply> InviteAsync(object body) => managed.Owner.PostAsync(managed.Organization + "/invitations", body);

        (await InviteAsync(new { email = "ANN@example.com", role = "viewer" })).ShouldRefuse(409, "CONFLICT", "is a member already");
        (await InviteAsync(new { email = "nobody", role = "viewer" })).ShouldRefuse(400, "INVALID_REQUEST", "not an email address");
        (await InviteAsync(new { email = "bob@example.com", role = "boss" })).ShouldRefuse(400, "INVALID_REQUEST", "role must be one of viewer, sender, admin, owner.");

        var first = await InviteAsync(new { email = "bob@example.com", role = "viewer" });
        var second = await InviteAsync(new { email = "bob@example.com", role = "sender" });
        (await guest.UseLinkAsync(first.Text("link")!, ManagedServer.Password)).ShouldRefuse(404, "NOT_FOUND");
        (await guest.UseLinkAsync(second.Text("link")!, ManagedServer.Password)).Status.ShouldBe(200);
    }

    private static string IdOf(Manage manage) => manage.Session.GetProperty("account").GetProperty("account_id").GetString()!;
}
