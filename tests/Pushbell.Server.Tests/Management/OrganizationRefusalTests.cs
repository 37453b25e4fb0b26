namespace Pushbell.Server.Tests.Management;

/// <summary>What an organization cannot be, and that trying leaves no trace.</summary>
public sealed class OrganizationRefusalTests(SharedService shared) : IClassFixture<SharedService>
{
    [Fact]
    public async Task Organization_BadValues_AreRefusedWithASentence()
    {
        var owner = Service.Owner;

        (await owner.PostAsync("/organizations", new { })).ShouldRefuse(400, "INVALID_REQUEST", "name is required.");
        (await owner.PostAsync("/organizations", new { name = "x", plan = "platinum" })).ShouldRefuse(400, "INVALID_REQUEST", "plan must be one of starter");
        (await owner.PostAsync("/organizations", new { name = "x", credits = -1 })).ShouldRefuse(400, "INVALID_REQUEST", "credits must be from 0");
        (await owner.PatchAsync(Service.Organization, new { name = "two\nlines" })).ShouldRefuse(400, "INVALID_REQUEST", "on one line");
        (await owner.PutAsync(Service.Organization + "/plan", new { plan = "custom" })).ShouldRefuse(400, "INVALID_REQUEST", "needs hourly, daily or both");
        (await owner.PutAsync(Service.Organization + "/plan", new { plan = "custom", hourly = 0 })).ShouldRefuse(400, "INVALID_REQUEST", "1 or more");
        (await owner.PutAsync(Service.Organization + "/plan", new { plan = "starter", hourly = 1 })).ShouldRefuse(400, "INVALID_REQUEST", "custom only");
        (await owner.PutAsync(Service.Organization + "/plan", new { plan = "gold" })).ShouldRefuse(400, "INVALID_REQUEST", "unlimited, custom.");
    }

    [Fact]
    public async Task Refused_LeavesNoEntryInTheAuditLog()
    {
        using var nobody = Manage.Nobody(Service.Server);

        await Service.Owner.PatchAsync(Service.Organization, new { name = "" });
        await Service.Owner.PutAsync(Service.Organization + "/plan", new { plan = "gold" });
        await Service.Owner.DeleteAsync(Service.Organization + "/invitations/inv_0000000000000");
        await nobody.PatchAsync(Service.Organization, new { name = "x" });

        (await Service.Owner.GetAsync(Service.Organization + "/audit")).Json.GetProperty("entries").EnumerateArray().ShouldBeEmpty();
    }

    private ManagedService Service => shared.Service;
}
