using System.Net.Http.Json;
using System.Text.Json;
using Pushbell.Testing;

namespace Pushbell.Server.Tests.OpenApi;

/// <summary>What a running server answers, held against its own documents.</summary>
public sealed class AnswerTests : IAsyncLifetime
{
    private static readonly object Message = new
    {
        title = "Hello!",
        body = "This is your first push notification",
        target_all = true,
    };

    private readonly AnswerRecorder recorder = new();
    private RunningServer server = null!;
    private HttpClient http = null!;

    public async ValueTask InitializeAsync()
    {
        server = await RunningServer.StartAsync(
            clock: null,
            ("Pushbell:Bootstrap:Credits", "3"),
            ("Pushbell:Bootstrap:Plan", "starter"),
            ("Pushbell:Limits:RequestsPerMinute", "40")
        );
        http = new HttpClient(recorder) { BaseAddress = server.Url };
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task V2_EveryOperation_AnswersAsItsDocumentSays()
    {
        await PageCallsAsync("GET", "/v2/push/registrations/config");
        var registered = await PageCallsAsync("POST", "/v2/push/registrations", Registration());
        var id = registered.GetProperty("registration_id").GetString();
        var request = await V2Async("POST", "/send", Message);
        await V2Async("POST", "/send", new { title = "Hello!", body = "Again", target_all = true, dry_run = true });
        await V2Async("POST", "/send", new { title = "Hello!", body = "Again", target_registration_ids = new[] { "reg_unknown" } });
        await V2Async("POST", "/broadcast", Message);
        await V2Async("GET", "/requests");
        await V2Async("GET", "/requests/" + request.GetProperty("request_id").GetString());
        await V2Async("GET", $"/requests/{request.GetProperty("request_id").GetString()}/deliveries");
        await V2Async("DELETE", "/requests/" + request.GetProperty("request_id").GetString());
        await V2Async("GET", "/quota");
        await V2Async("GET", "/service");
        await V2Async("GET", "/clients");
        await V2Async("GET", "/clients/" + id);
        await V2Async("DELETE", "/clients/" + id);
        registered = await PageCallsAsync("POST", "/v2/push/registrations", Registration());
        var own = "/v2/push/registrations/" + registered.GetProperty("registration_id").GetString();
        var token = ("Authorization", "Bearer " + registered.GetProperty("registration_token").GetString());
        await CallAsync("PATCH", own, new { language = "de" }, token);
        await CallAsync("POST", own + "/heartbeat", new { }, token);
        await CallAsync("POST", own + "/receipts", new { receipts = new[] { new { notification_id = "req_unknown", @event = "shown" } } }, token);
        await CallAsync("DELETE", own, body: null, token);

        recorder.Statuses.ShouldAllBe(status => status < 300);
        await RefuseAllV2Async();

        var (problems, unseen) = await recorder.CompareAsync(server, "v2");
        problems.ShouldBeEmpty();
        unseen.ShouldBeEmpty();
        new[] { 200, 201, 400, 401, 402, 403, 404, 413, 415, 422, 429 }.ShouldBeSubsetOf(recorder.Statuses);
    }

    [Fact]
    public async Task V1_EveryOperation_AnswersAsItsDocumentSays()
    {
        var person = new { email = "guest@example.com" };
        var message = new { person.email, title = "Your table is ready", body = "Head to the host stand." };
        await V1Async("/subscribe", new { person.email, subscription = Subscription() });
        await V1Async("/send", message);
        await V1Async("/unsubscribe", person);
        recorder.Statuses.ShouldBe([201, 200, 200]);

        await V1Async("/send", message);
        await V1Async("/send", person);
        await V1Async("/subscribe", person);
        await V1Async("/unsubscribe", new { });
        await CallAsync("POST", "/v1/send", message);
        await CallAsync("POST", "/v1/send", message, ("X-Api-Key", RunningServer.ApiKey), ("Origin", RunningServer.Origin));
        await CallAsync("POST", "/v1/send", body: null, ("X-Api-Key", RunningServer.ApiKey));

        var (problems, unseen) = await recorder.CompareAsync(server, "v1");
        problems.ShouldBeEmpty();
        unseen.ShouldBeEmpty();
        new[] { 400, 401, 403, 404, 415 }.ShouldBeSubsetOf(recorder.Statuses);
    }

    [Fact]
    public async Task BodyExample_EveryOne_IsAccepted()
    {
        foreach (var name in new[] { "v2", "v1" })
        {
            using var response = await server.Http.GetAsync($"/openapi/{name}.json");
            var paths = (await RunningServer.JsonOf(response)).GetProperty("paths").EnumerateObject();
            // Those of one registration, with its token, are called by the tests of the browser side.
            foreach (var (path, operation) in paths.Where(path => path.Value.TryGetProperty("post", out _) && !path.Name.Contains('{')).Select(path => (path.Name, path.Value.GetProperty("post"))))
            {
                var content = operation.GetProperty("requestBody").GetProperty("content").GetProperty("application/json");
                foreach (var example in content.GetProperty("examples").EnumerateObject())
                {
                    var body = example.Value.GetProperty("value");
                    // Nobody is subscribed when the sends come, so that nothing leaves this machine.
                    await CallAsync("POST", path, body, KeysOf(operation));
                }
            }
        }

        // A send of /v1 to nobody is a 404: it is the target that is missing, the body is well.
        recorder.Statuses.ShouldAllBe(status => status < 300 || status == 404);
        recorder.Statuses.Count(status => status == 404).ShouldBe(1);
    }

    /// <summary>One refusal of each kind that can be had without breaking the server.</summary>
    private async Task RefuseAllV2Async()
    {
        await V2Async("POST", "/send", new { title = "No body" });
        await CallAsync("POST", "/v2/push/send", Message);
        await CallAsync("POST", "/v2/push/send", Message, ("X-Secret-Key", RunningServer.SecretKey), ("Origin", RunningServer.Origin));
        await CallAsync("POST", "/v2/push/send", body: null, ("X-Secret-Key", RunningServer.SecretKey));
        await V2Async("POST", "/send", new { title = "Large", body = new string('x', 70_000), target_all = true });
        await V2Async("GET", "/clients/reg_unknown");
        await V2Async("GET", "/clients?limit=0");
        await V2Async("GET", "/requests/req_unknown");
        await V2Async("GET", "/requests/req_unknown/deliveries");
        await V2Async("DELETE", "/requests/req_unknown");
        await PageCallsAsync("POST", "/v2/push/registrations", new { });
        await CallAsync("DELETE", "/v2/push/registrations/reg_unknown");
        var (key, once) = (("X-Secret-Key", RunningServer.SecretKey), ("Idempotency-Key", "once"));
        await CallAsync("POST", "/v2/push/send", Message, key, once);
        await CallAsync("POST", "/v2/push/send", new { title = "Other", body = "Body", target_all = true }, key, once);

        // One credit is left, and two browsers.
        await PageCallsAsync("POST", "/v2/push/registrations", Registration());
        await PageCallsAsync("POST", "/v2/push/registrations", Registration());
        await V2Async("POST", "/send", Message);
        for (var request = 0; request < 40; request++)
        {
            await V2Async("GET", "/quota");
        }
    }

    private object Registration() =>
        new
        {
            subscription = Subscription(),
            user_email = "user@example.com",
            device_info = new { browser_name = "Chrome" },
            is_installed = true,
        };

    private object Subscription()
    {
        var subscription = server.PushService.CreateSubscription();
        return new { endpoint = subscription.Endpoint, keys = new { p256dh = subscription.P256dh, auth = subscription.Auth } };
    }

    private static (string, string)[] KeysOf(JsonElement operation) =>
        operation.GetProperty("security")[0].EnumerateObject().Single().Name switch
        {
            "X-Secret-Key" => [("X-Secret-Key", RunningServer.SecretKey)],
            "X-Api-Key" => [("X-Api-Key", RunningServer.ApiKey)],
            var header => [(header, RunningServer.PublishableKey), ("Origin", RunningServer.Origin)],
        };

    private Task<JsonElement> V1Async(string path, object body) => CallAsync("POST", "/v1" + path, body, ("X-Api-Key", RunningServer.ApiKey));

    private Task<JsonElement> V2Async(string method, string path, object? body = null) =>
        CallAsync(method, "/v2/push" + path, body, ("X-Secret-Key", RunningServer.SecretKey));

    private Task<JsonElement> PageCallsAsync(string method, string path, object? body = null) =>
        CallAsync(method, path, body, ("X-Publishable-Key", RunningServer.PublishableKey), ("Origin", RunningServer.Origin));

    private async Task<JsonElement> CallAsync(string method, string path, object? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Content = body is null ? null : JsonContent.Create(body);
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        using var response = await http.SendAsync(request);
        return await RunningServer.JsonOf(response);
    }
}
