using System.Text.Json;
using Pushbell.Server.Tests.V2.Stories;

namespace Pushbell.Server.Tests.Management;

/// <summary>What cannot be sent, and what was never sent.</summary>
public sealed class NotificationRefusalTests(SharedService shared) : IClassFixture<SharedService>
{
    [Theory]
    [InlineData("""{"body":"B","target_all":true}""")]
    [InlineData("""{"title":"T","body":"B"}""")]
    [InlineData("""{"title":"T","body":"B","target_all":true,"ttl":-1}""")]
    [InlineData("""{"title":"T","body":"B","target_all":true,"url":"nowhere"}""")]
    [InlineData("""{"title":"T","body":"B","target_user_emails":["nobody"]}""")]
    [InlineData("""{"title":"T","body":"B","target_all":true,"send_at":"tomorrow"}""")]
    [InlineData("""{"title":"T","body":"B","target_all":true,"data":[1]}""")]
    [InlineData("""{"title":5,"body":"B","target_all":true}""")]
    public async Task Send_OfWhatCannotBe_SaysWhatV2Says(string body)
    {
        var json = JsonDocument.Parse(body).RootElement;

        var refused = await Service.PostAsync("/notifications", json);

        refused.ShouldRefuse(400, "INVALID_REQUEST", (await new Api(Service.Server).PostAsync("/send", json)).Text("detail")!);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/deliveries")]
    [InlineData("/breakdown")]
    [InlineData("/events")]
    public async Task Unknown_IsNotFound(string path)
    {
        (await Service.GetAsync("/notifications/req_0000000000001" + path)).ShouldRefuse(404, "NOT_FOUND", "There is no notification");
        (await Service.GetAsync("/notifications/nonsense" + path)).ShouldRefuse(404, "NOT_FOUND", "There is no notification");
    }

    private ManagedService Service => shared.Service;
}
