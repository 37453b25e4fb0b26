using System.Text.Json;
using System.Text.RegularExpressions;
using Pushbell.LocalPushService;
using Pushbell.Testing;

namespace Pushbell.Server.Tests.Examples;

/// <summary>The commands that we print ourselves, run as printed.</summary>
public sealed partial class PrintedCurlTests
{
    [Fact]
    public async Task ReadmeCurl_Run_IsDelivered()
    {
        await using var server = await RunningServer.StartAsync();
        var client = await server.RegisterAsync();
        var printed = ShellCommands.In(Checkout.Read("README.md")).ShouldHaveSingleItem();
        var command = printed.Replace("http://localhost:8080", server.Url.GetLeftPart(UriPartial.Authority));

        var (answer, status) = await Toolchain.CurlAsync(command, "PUSHBELL_SECRET_KEY", RunningServer.SecretKey);

        status.ShouldBe(200, answer);
        client.Subscription.MessageCount.ShouldBe(1);
    }

    [Fact]
    public async Task GreetingCurl_OfTheFirstStart_IsDelivered()
    {
        using var folder = new TemporaryFolder();
        var ports = new LocalPushOptions { HttpPort = 0, HttpsPort = 0, MessageServicePort = 0 };
        await using var pushService = await LocalPushServer.StartAsync(ports, TimeProvider.System, CancellationToken.None);
        await using var server = new ChildProgram(
            folder.Path,
            new Dictionary<string, string>
            {
                ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
                ["Pushbell__PushServices__Trusted__0"] = pushService.HttpUrl.GetLeftPart(UriPartial.Authority),
            },
            Path.Combine(AppContext.BaseDirectory, "pushbell")
        );
        var greeting = "";
        while (ShellCommands.In(greeting) is [])
        {
            greeting += await server.ReadLineAsync() + "\n";
        }

        var device = pushService.CreateSubscription();
        await RegisterAsync(greeting, device.Endpoint, device.P256dh, device.Auth);
        var (answer, status) = await Toolchain.CurlAsync(ShellCommands.In(greeting)[0], "UNUSED", "");

        status.ShouldBe(200, answer);
        JsonElement.Parse(answer).GetProperty("successful_sends").GetInt32().ShouldBe(1, answer);
        device.Messages.ShouldHaveSingleItem().Text!.ShouldContain("This is your first push notification");
    }

    /// <summary>As the demo page does that the greeting leads to.</summary>
    private static async Task RegisterAsync(string greeting, string endpoint, string p256dh, string auth)
    {
        var demo = DemoPattern().Match(greeting);
        demo.Success.ShouldBeTrue(greeting);
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, demo.Groups["origin"].Value + "/v2/push/registrations");
        request.Headers.Add("Origin", demo.Groups["origin"].Value);
        request.Headers.Add("X-Publishable-Key", demo.Groups["key"].Value);
        request.Content = System.Net.Http.Json.JsonContent.Create(new { subscription = new { endpoint, keys = new { p256dh, auth } } });
        using var response = await http.SendAsync(request);
        response.IsSuccessStatusCode.ShouldBeTrue(await response.Content.ReadAsStringAsync());
    }

    [GeneratedRegex(@"(?<origin>http://\S+)/demo#key=(?<key>pk_\w+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex DemoPattern();
}
