using Pushbell.Testing;

namespace Pushbell.Server.Tests.V1;

/// <summary>What a web page may do: subscribe and unsubscribe, from an allowed origin, with a publishable key.</summary>
public sealed class BrowserAccessTests(BrowserAccessTests.Setting setting) : IClassFixture<BrowserAccessTests.Setting>
{
    private const string Elsewhere = "https://elsewhere.example";
    private const string AllowOrigin = "Access-Control-Allow-Origin";

    [Theory]
    [InlineData("/subscribe")]
    [InlineData("/unsubscribe")]
    public async Task Preflight_FromAnAllowedOrigin_IsGranted(string path)
    {
        var answer = await PreflightAsync(path, RunningServer.Origin);

        answer.Status.ShouldBe(204);
        answer.Body.ShouldBeEmpty();
        answer.Header(AllowOrigin).ShouldBe(RunningServer.Origin);
        answer.Header("Access-Control-Allow-Methods")!.Split(", ").ShouldContain("POST");
        var allowed = answer.Header("Access-Control-Allow-Headers")!.Split(", ");
        allowed.ShouldContain("X-Api-Key");
        allowed.ShouldContain("Content-Type");
        answer.Header("Vary").ShouldBe("Origin");
    }

    [Theory]
    [InlineData("/subscribe", Elsewhere)]
    [InlineData("/unsubscribe", Elsewhere)]
    [InlineData("/subscribe", "null")]
    [InlineData("/send", RunningServer.Origin)]
    public async Task Preflight_OtherwiseOrForSend_IsNotGranted(string path, string origin)
    {
        var answer = await PreflightAsync(path, origin);

        answer.Header(AllowOrigin).ShouldBeNull();
    }

    [Fact]
    public async Task Subscribe_FromAnAllowedOrigin_MayBeReadByThePage()
    {
        var device = setting.Server.PushService.CreateSubscription();

        var answer = await FromPageAsync("/subscribe", V1Calls.SubscribeBody("page@example.com", device), RunningServer.Origin);

        answer.ShouldBe(201, """{"ok":true}""");
        answer.Header(AllowOrigin).ShouldBe(RunningServer.Origin);
        (await setting.Server.SendAsync("page@example.com")).ShouldBe(200, """{"sent":1,"failed":0,"credits":null}""");
    }

    [Fact]
    public async Task Refusal_FromAnAllowedOrigin_MayBeReadByThePage()
    {
        var answer = await FromPageAsync("/subscribe", "{}", RunningServer.Origin);

        answer.Status.ShouldBe(400);
        answer.Header(AllowOrigin).ShouldBe(RunningServer.Origin);
    }

    [Fact]
    public async Task Subscribe_FromElsewhere_IsRefused_AndNotReadable()
    {
        var device = setting.Server.PushService.CreateSubscription();

        var answer = await FromPageAsync("/subscribe", V1Calls.SubscribeBody("stranger@example.com", device), Elsewhere);

        answer.Status.ShouldBe(403);
        answer.Header(AllowOrigin).ShouldBeNull();
        (await setting.Server.SendAsync("stranger@example.com")).Status.ShouldBe(404);
    }

    private Task<V1Answer> FromPageAsync(string path, string body, string origin) =>
        setting.Server.AskAsync(new V1Request(path, body) { Key = RunningServer.PublishableKey, Origin = origin });

    private Task<V1Answer> PreflightAsync(string path, string origin) =>
        setting.Server.AskAsync(
            new V1Request(path, "")
            {
                Method = HttpMethod.Options,
                Key = null,
                ContentType = null,
                Origin = origin,
                Headers = [("Access-Control-Request-Method", "POST"), ("Access-Control-Request-Headers", "content-type,x-api-key")],
            }
        );

    public sealed class Setting : SharedServer;
}
