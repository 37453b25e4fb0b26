using System.Text.Json;

namespace Pushbell.Server.Tests.Management;

/// <summary>Keys that cannot be made, of a service and for its management, and those of others.</summary>
public sealed class KeyRefusalTests(SharedService shared) : IClassFixture<SharedService>
{
    [Theory]
    [InlineData("""{"kind":"golden","name":"n"}""", "kind must be one of secret, api, publishable, restricted")]
    [InlineData("""{"kind":"secret"}""", "name")]
    [InlineData("""{"kind":"restricted","name":"n"}""", "needs at least one of the scopes send, read, clients")]
    [InlineData("""{"kind":"secret","name":"n","scopes":["send"]}""", "no other key has any")]
    [InlineData("""{"kind":"restricted","name":"n","scopes":["everything"]}""", "scopes must be among send, read, clients")]
    [InlineData("""{"kind":"publishable","name":"n","is_service_to_service":true}""", "A publishable key cannot send")]
    public async Task Create_OfWhatCannotBe_SaysWhy(string body, string sentence)
    {
        (await Service.PostAsync("/keys", JsonDocument.Parse(body).RootElement)).ShouldRefuse(400, "INVALID_REQUEST", sentence);
    }

    [Fact]
    public async Task Revoke_OfAnotherServicesKey_IsLikeAnUnknownOne()
    {
        var other = (await Service.Owner.PostAsync(Service.Organization + "/services", new { identifier = "other" })).Text("service_id");
        var key = (await Service.Owner.PostAsync($"{Service.Organization}/services/{other}/keys", new { kind = "api", name = "n" })).Text("key_id");

        (await Service.Owner.DeleteAsync($"{Service.Path}/keys/{key}")).ShouldRefuse(404, "NOT_FOUND", $"There is no key {key}.");

        (await Service.Owner.GetAsync($"{Service.Organization}/services/{other}/keys")).Body.ShouldContain("\"revoked_at\":null");
    }

    [Theory]
    [InlineData("owner")]
    [InlineData("boss")]
    [InlineData(null)]
    public async Task ManagementKey_WithARoleThatNoneHas_IsNotMade(string? role)
    {
        (await Service.Owner.PostAsync(Service.Organization + "/management-keys", new { name = "x", role })).ShouldRefuse(400, "INVALID_REQUEST", "no key is an owner");
    }

    private ManagedService Service => shared.Service;
}
