using System.Text.Json;

namespace Pushbell.Server.Tests.Management;

/// <summary>What a service cannot be, and that it stays as it was.</summary>
public sealed class ServiceRefusalTests(SharedService shared) : IClassFixture<SharedService>
{
    [Theory]
    [InlineData("""{}""", "identifier")]
    [InlineData("""{"identifier":"Second App"}""", "identifier")]
    [InlineData("""{"identifier":"b","name":""}""", "name")]
    [InlineData("""{"identifier":"b","contact_email":"nobody"}""", "contact_email")]
    [InlineData("""{"identifier":"b","allowed_origins":["https://b.example.com/"]}""", "allowed_origins[0]")]
    [InlineData("""{"identifier":"b","vapid_private_key":"short"}""", "vapid_private_key: The VAPID private key must be 32 bytes")]
    [InlineData("""{"identifier":"b","icon":"/icon.png"}""", "icon must be an absolute")]
    [InlineData("""{"identifier":5}""", "identifier must be a string")]
    public async Task Create_OfWhatCannotBe_SaysWhy(string body, string sentence)
    {
        (await Service.Owner.PostAsync(Service.Organization + "/services", JsonDocument.Parse(body).RootElement)).ShouldRefuse(400, "INVALID_REQUEST", sentence);

        (await Service.AuditedAsync("service.create")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Create_WithATakenIdentifier_IsAConflict()
    {
        (await Service.Owner.PostAsync(Service.Organization + "/services", new { identifier = "my-app" })).ShouldRefuse(409, "CONFLICT", "'my-app' is taken");
    }

    [Theory]
    [InlineData("""{}""", 400, "Nothing to change")]
    [InlineData("""{"name":" "}""", 400, "name")]
    [InlineData("""{"theme_color":"blue"}""", 400, "theme_color: 'blue' must be a color")]
    [InlineData("""{"allowed_origins":[null]}""", 400, "allowed_origins[0]")]
    [InlineData("""{"click_links":true}""", 400, "Pushbell:PublicUrl")]
    [InlineData("""{"identity_mode":"strict"}""", 400, "identity_mode must be one of off, optional, required")]
    [InlineData("""{"identity_mode":"required"}""", 409, "set one first")]
    [InlineData("""{"is_active":"no"}""", 400, "is_active must be true or false")]
    public async Task Change_ToWhatCannotBe_SaysWhy(string body, int status, string sentence)
    {
        var before = (await Service.GetAsync("")).Body;

        (await Service.Owner.PatchAsync(Service.Path, JsonDocument.Parse(body).RootElement)).ShouldRefuse(status, status == 409 ? "CONFLICT" : "INVALID_REQUEST", sentence);

        (await Service.GetAsync("")).Body.ShouldBe(before);
    }

    private ManagedService Service => shared.Service;
}
