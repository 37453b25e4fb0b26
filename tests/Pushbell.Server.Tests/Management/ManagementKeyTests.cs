using Pushbell.Testing;

namespace Pushbell.Server.Tests.Management;

public sealed class ManagementKeyTests
{
    private readonly ManualTimeProvider clock = new();

    [Fact]
    public async Task Key_MadeOnce_ManagesWithItsRole_UntilRevoked()
    {
        await using var managed = await ManagedServer.StartAsync(clock);
        var path = managed.Organization + "/management-keys";
        var made = await managed.Owner.PostAsync(path, new { name = "pipeline", role = "viewer" });
        using var program = Manage.WithKey(managed.Server, made.Text("key")!);

        made.Status.ShouldBe(201);
        made.Text("key")!.ShouldStartWith("mk_");
        made.Text("hint").ShouldBe(made.Text("key")![^4..]);
        (await program.GetAsync(managed.Organization)).Status.ShouldBe(200);
        (await program.GetAsync("/organizations")).Json.GetProperty("organizations").GetArrayLength().ShouldBe(1);
        (await program.GetAsync(path)).ShouldRefuse(403, "FORBIDDEN", "This needs the role admin; yours is viewer.");
        (await program.GetAsync("/session")).ShouldRefuse(403, "FORBIDDEN", "a management key has none");

        var listed = await managed.Owner.GetAsync(path);
        listed.Body.ShouldNotContain(made.Text("key")!);
        listed.Json.GetProperty("keys")[0].GetProperty("last_used_at").GetString().ShouldBe("2026-01-15T14:30:00Z");

        clock.Advance(TimeSpan.FromMinutes(2));
        var revoked = await managed.Owner.DeleteAsync($"{path}/{made.Text("key_id")}");
        revoked.Text("revoked_at").ShouldBe("2026-01-15T14:32:00Z");
        (await program.GetAsync(managed.Organization)).ShouldRefuse(401, "UNAUTHORIZED", "unknown or revoked");
    }

    [Fact]
    public async Task Key_NeedsNoAntiforgeryToken_AndIsRefusedFromAPage()
    {
        await using var managed = await ManagedServer.StartAsync(clock);
        using var program = Manage.WithKey(managed.Server, await managed.AddKeyAsync("admin"));
        var body = new { email = "ann@example.com", role = "viewer" };

        (await program.PostAsync(managed.Organization + "/invitations", body)).Status.ShouldBe(201);
        (await program.CallAsync(HttpMethod.Post, managed.Organization + "/invitations", body, ("Origin", "https://app.example.com"))).ShouldRefuse(
            403,
            "FORBIDDEN",
            "revoke it now"
        );
        (await program.CallAsync(HttpMethod.Get, "/organizations", body: null, ("X-Management-Key", "mk_unknown"))).ShouldRefuse(401, "UNAUTHORIZED");
        (await program.CallAsync(HttpMethod.Get, "/organizations", body: null, ("X-Management-Key", RunningServer.SecretKey))).ShouldRefuse(401, "UNAUTHORIZED");
    }
}
