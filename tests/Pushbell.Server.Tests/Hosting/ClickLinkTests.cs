using System.Net;
using System.Text.Json;
using Pushbell.Server.Tests.Cli;
using Pushbell.Server.Tests.V2.Stories;
using Pushbell.Testing;

namespace Pushbell.Server.Tests.Hosting;

/// <summary>Links that lead through this server: signed, the target kept here, each click counted.</summary>
public sealed class ClickLinkTests : IAsyncLifetime
{
    private const string PublicUrl = "https://push.example.com", Target = "https://shop.example.com/orders/1?utm=push#top";
    private readonly HttpClient browser = new(new SocketsHttpHandler { AllowAutoRedirect = false });
    private RunningServer server = null!;

    public async ValueTask InitializeAsync()
    {
        server = await RunningServer.StartAsync(clock: null, ("Pushbell:PublicUrl", PublicUrl));
        (await Terminal.Beside(server).RunAsync("service", "set", "--click-links", "on", $"--Pushbell:PublicUrl={PublicUrl}")).ExitCode.ShouldBe(0);
        browser.BaseAddress = server.Url;
    }

    public ValueTask DisposeAsync()
    {
        browser.Dispose();
        return server.DisposeAsync();
    }

    [Fact]
    public async Task Click_OnTheLinkOfAPayload_LeadsToTheTarget_AndCounts()
    {
        var (link, request) = await SendAsync(Target);
        link.ShouldStartWith(PublicUrl + "/c/");
        link.ShouldNotContain("shop.example.com");

        using var first = await FollowAsync(link);
        using var second = await FollowAsync(link);

        first.StatusCode.ShouldBe(HttpStatusCode.Found);
        first.Headers.Location!.OriginalString.ShouldBe(Target);
        first.Headers.CacheControl!.NoStore.ShouldBeTrue();
        second.StatusCode.ShouldBe(HttpStatusCode.Found);
        (await new Api(server).GetAsync("/requests/" + request)).Json.GetProperty("receipts").GetRawText()
            .ShouldBe("""{"shown":0,"clicked":0,"dismissed":0,"link_clicks":2}""");
    }

    [Fact]
    public async Task Click_OnAForgedLink_Is404_AndCountsNothing()
    {
        var (link, request) = await SendAsync(Target);
        var token = link[(PublicUrl + "/c/").Length..];
        var before = await DatabaseContents.ReadAsync(server);

        for (var at = 0; at < token.Length - 1; at += 6)
        {
            using var forged = await FollowAsync("/c/" + token[..at] + (token[at] == 'A' ? 'B' : 'A') + token[(at + 1)..]);
            forged.StatusCode.ShouldBe(HttpStatusCode.NotFound, $"changed at {at}");
        }

        using var nonsense = await FollowAsync("/c/nonsense");
        nonsense.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await nonsense.Content.ReadAsStringAsync()).ShouldContain("leads nowhere");
        (await DatabaseContents.ReadAsync(server)).ShouldBe(before);
        (await new Api(server).GetAsync("/requests/" + request)).Json.GetProperty("receipts").GetProperty("link_clicks").GetInt32().ShouldBe(0);
    }

    [Theory]
    [InlineData("http://shop.example.com/", false)]
    [InlineData("http://localhost:3000/", true)]
    public async Task Send_ToWhatIsNotHttps_IsLedThroughOnlyOnThisMachine(string target, bool isLinked)
    {
        var (link, _) = await SendAsync(target);

        link.StartsWith(PublicUrl, StringComparison.Ordinal).ShouldBe(isLinked);
        (link == target).ShouldBe(!isLinked);
    }

    [Fact]
    public async Task ServiceSet_ClickLinksOff_LeavesTheAddress_AndTheOldLinksGood()
    {
        var (link, _) = await SendAsync(Target);
        await Terminal.Beside(server).JsonAsync("service", "set", "--click-links", "off");

        (await SendAsync(Target)).Link.ShouldBe(Target);
        using var old = await FollowAsync(link);
        old.StatusCode.ShouldBe(HttpStatusCode.Found);
    }

    [Fact]
    public async Task ServiceSet_ClickLinksOnWithoutAPublicUrl_IsRefused() =>
        (await Terminal.Beside(server).RunAsync("service", "set", "--click-links", "on")).ShouldFail(1, "Pushbell:PublicUrl");

    private async Task<(string Link, string Request)> SendAsync(string url)
    {
        var client = await server.RegisterAsync();
        var sent = await new Api(server).SendAsync([client], ("url", url));
        using var payload = JsonDocument.Parse(client.Subscription.Messages.Single().Text!);
        return (payload.RootElement.GetProperty("notification").GetProperty("navigate").GetString()!, sent.Text("request_id")!);
    }

    private Task<HttpResponseMessage> FollowAsync(string link) => browser.GetAsync(new Uri(link.Replace(PublicUrl, "", StringComparison.Ordinal), UriKind.Relative));
}
