using System.Text.Json;
using Pushbell.Dispatch.Organizations;
using Pushbell.LocalPushService.VirtualSubscriptions;
using Pushbell.Server.Tests.V1;
using Pushbell.Testing;

namespace Pushbell.Server.Tests.Examples;

/// <summary>The examples on the page of /v2/push; each reaches the people whom it names, in its own words.</summary>
public sealed class PushExampleTests : IAsyncLifetime
{
    private RunningServer server = null!;
    private PushExamples examples = null!;

    public async ValueTask InitializeAsync()
    {
        server = await RunningServer.StartAsync();
        examples = PushExamples.In(ExamplePages.Text(ExamplePages.Push)).At(server.Url);
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task Node_Run_ReachesTheCustomer()
    {
        var customer = await server.RegisterAsync("customer@example.com");
        var other = await server.RegisterAsync("other@example.com");

        await Toolchain.NodeAsync(examples.Node, RunningServer.SecretKey);

        var shown = ShownTo(customer.Subscription, "Order Shipped!", "Your order #12345 is on its way");
        JsonElement.DeepEquals(
            shown.GetProperty("data"),
            JsonElement.Parse("""{"orderId":"12345","trackingUrl":"https://..."}""")
        ).ShouldBeTrue(shown.ToString());
        other.Subscription.MessageCount.ShouldBe(0);
    }

    [Fact]
    public async Task Python_Run_ReachesEveryone()
    {
        var clients = new[] { await server.RegisterAsync("one@example.com"), await server.RegisterAsync() };

        await Toolchain.PythonAsync(examples.Python, RunningServer.SecretKey);

        foreach (var client in clients)
        {
            ShownTo(client.Subscription, "New Feature!", "Check out our latest update");
        }
    }

    [Fact]
    public async Task Go_Called_ReachesTheUser()
    {
        var user = await server.RegisterAsync("user@example.com");
        const string Call = """
            request := PushRequest{Title: "From Go", Body: "Called as it stands", TargetUserEmails: []string{"user@example.com"}}
            if err := sendPushNotification(request); err != nil {
                panic(err)
            }
            """;

        await Toolchain.GoAsync(examples.Go, Call, RunningServer.SecretKey);

        ShownTo(user.Subscription, "From Go", "Called as it stands");
    }

    [Theory]
    [InlineData(0, "Hello!", "This is your first push notification")]
    [InlineData(1, "Password Reset", "Click to reset your password")]
    [InlineData(2, "Maintenance Notice", "System maintenance at 2 AM UTC")]
    public async Task Curl_Run_ReachesTheUser(int number, string title, string body)
    {
        var user = await server.RegisterAsync("user@example.com");
        // The first command spells out a key.
        await server.AddKeyAsync(KeyKind.Secret, "sk_your_secret_key");

        var (answer, status) = await CurlAsync(number);

        status.ShouldBe(200, answer);
        ShownTo(user.Subscription, title, body);
        user.Subscription.Messages[0].Urgency.ShouldBe(number == 1 ? "high" : "normal");
    }

    [Fact]
    public async Task Curl_ForTheQuota_ShowsIt()
    {
        examples.Curl.Count.ShouldBe(4);

        var (answer, status) = await CurlAsync(3);

        status.ShouldBe(200, answer);
        JsonElement.Parse(answer).GetProperty("hourly_remaining").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    private Task<(string Body, int Status)> CurlAsync(int number) =>
        Toolchain.CurlAsync(examples.Curl[number], "CLOUDSIGNAL_SECRET_KEY", RunningServer.SecretKey);

    private static JsonElement ShownTo(VirtualSubscription subscription, string title, string body)
    {
        var shown = JsonElement.Parse(subscription.Messages.ShouldHaveSingleItem().Text!).GetProperty("notification");
        shown.GetProperty("title").GetString().ShouldBe(title);
        shown.GetProperty("body").GetString().ShouldBe(body);
        return shown;
    }
}
