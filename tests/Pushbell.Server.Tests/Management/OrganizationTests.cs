using Pushbell.Testing;

namespace Pushbell.Server.Tests.Management;

public sealed class OrganizationTests
{
    private readonly ManualTimeProvider clock = new();

    [Fact]
    public async Task Organization_SaysWhatItHas()
    {
        await using var managed = await ManagedServer.StartAsync(clock, ("Pushbell:Bootstrap:Plan", "starter"), ("Pushbell:Bootstrap:Credits", "100"));
        await managed.Server.RegisterAsync("ann@example.com");
        using var sent = await managed.Server.V2Async(HttpMethod.Post, "/send", new { title = "Hello", body = "all", target_all = true });

        var organization = (await managed.Owner.GetAsync(managed.Organization)).Json;

        organization.GetProperty("name").GetString().ShouldBe("My Organization");
        organization.GetProperty("plan").GetRawText().ShouldBe("""{"name":"starter","hourly":100,"daily":1000}""");
        organization.GetProperty("credits").GetRawText().ShouldBe("""{"available":99,"held":0,"spent":1,"topped_up":100}""");
        organization.GetProperty("services").GetInt32().ShouldBe(1);
        organization.GetProperty("active_clients").GetInt32().ShouldBe(1);
        organization.GetProperty("created_at").GetString().ShouldBe("2026-01-15T14:30:00Z");
    }

    [Fact]
    public async Task Organizations_AreListed_OwnOnes_AndAllForAnOperator()
    {
        await using var managed = await ManagedServer.StartAsync(clock);
        var other = await managed.AddOrganizationAsync("Other");
        using var ann = await managed.JoinAsync("ann@example.com", "viewer", other);
        static string[] Names(V2.Stories.Reply reply) =>
            [.. reply.Json.GetProperty("organizations").EnumerateArray().Select(organization => organization.GetProperty("name").GetString()!)];

        Names(await managed.Owner.GetAsync("/organizations")).ShouldBe(["My Organization", "Other"]);
        Names(await managed.Owner.GetAsync("/session")).ShouldBe(["My Organization", "Other"]);
        Names(await ann.GetAsync("/organizations")).ShouldBe(["Other"]);
    }

    [Fact]
    public async Task Organization_IsMade_Renamed_AndPutOnAPlan()
    {
        await using var managed = await ManagedServer.StartAsync(clock);
        var made = await managed.Owner.PostAsync("/organizations", new { name = "New", plan = "professional", credits = 5 });
        var path = "/organizations/" + made.Text("organization_id");

        made.Status.ShouldBe(201);
        made.Json.GetProperty("credits").GetProperty("available").GetInt64().ShouldBe(5);
        (await managed.Owner.PatchAsync(path, new { name = "Newer" })).Text("name").ShouldBe("Newer");
        var custom = await managed.Owner.PutAsync(path + "/plan", new { plan = "custom", hourly = 5, daily = (int?)null });
        custom.Json.GetProperty("plan").GetRawText().ShouldBe("""{"name":"custom","hourly":5,"daily":null}""");
        (await managed.Owner.PutAsync(path + "/plan", new { plan = "unlimited" })).Json.GetProperty("plan").GetProperty("hourly").ValueKind.ShouldBe(
            System.Text.Json.JsonValueKind.Null
        );
    }
}
