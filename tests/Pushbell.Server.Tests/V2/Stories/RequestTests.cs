using Pushbell.LocalPushService.Faults;
using Pushbell.Server.Tests.V2.Conformance;
using Pushbell.Testing;

namespace Pushbell.Server.Tests.V2.Stories;

/// <summary>"The numbers become final at `GET /v2/push/requests/{request_id}`": one request, the list of them, and each recipient.</summary>
public sealed class RequestTests
{
    private readonly ManualTimeProvider clock = new();

    [Fact]
    public async Task Request_WithEveryOutcome_IsCountedAndEveryRecipientNamed()
    {
        await using var server = await StartAsync();
        var api = new Api(server);
        var (accepted, gone, rejected) = (await server.RegisterAsync(), await server.RegisterAsync(), await server.RegisterAsync());
        gone.Subscription.Script(new ScriptedAnswer { Status = 410 });
        rejected.Subscription.Script(new ScriptedAnswer { Status = 400 });

        var sent = await api.PostAsync(
            "/send",
            new { title = "T", body = "B", target_registration_ids = new[] { rejected.Id, gone.Id, accepted.Id, "unknown" } }
        );

        var counts = $"\"total_targets\":3,\"successful_sends\":1,\"failed_sends\":2,\"invalid_registrations\":[\"unknown\",\"{gone.Id}\"]";
        var request = sent.Text("request_id")!;
        sent.Body.ShouldBe(
            $$"""{"request_id":"{{request}}",{{counts}},"message":"Notifications sent successfully","status":"completed"}"""
        );
        const string Progress = """
            "pending":0,"outcomes":{"accepted":1,"gone":1,"rejected":1,"expired":0,"cancelled":0},"created_at":"2026-01-15T14:30:00Z"
            """;
        const string End = "\"completed_at\":\"2026-01-15T14:30:00Z\"";
        const string Receipts = """
            "receipts":{"shown":0,"clicked":0,"dismissed":0,"link_clicks":0}
            """;
        (await api.GetAsync("/requests/" + request)).Body.ShouldBe($$"""{{sent.Body[..^1]}},{{Progress}},"send_at":null,{{End}},"withdrawn":0,{{Receipts}}}""");
        (await api.GetAsync("/requests")).Body.ShouldBe(
            $$"""{"requests":[{"request_id":"{{request}}","total_targets":3,"successful_sends":1,"failed_sends":2,"status":"completed",{{Progress}},{{End}}}],"next":null}"""
        );
        (await DeliveriesAsync(api, request, "")).ShouldBe(
            Deliveries(null, (accepted, "accepted"), (gone, "gone"), (rejected, "rejected"))
        );
        (await DeliveriesAsync(api, request, "?outcome=gone")).ShouldBe(Deliveries(null, (gone, "gone")));
        (await DeliveriesAsync(api, request, "?outcome=pending")).ShouldBe(Deliveries(null));
        (await api.GetAsync("/clients/" + gone.Id)).Text("status").ShouldBe("expired");
        (await api.GetAsync("/clients/" + rejected.Id)).Text("status").ShouldBe("active");
    }

    [Fact]
    public async Task Deliveries_PageByPage_NameEachOnceAndSayWhichIsTheLast()
    {
        await using var server = await StartAsync();
        var api = new Api(server);
        var people = new[] { await server.RegisterAsync(), await server.RegisterAsync(), await server.RegisterAsync(), await server.RegisterAsync() };
        var request = (await api.SendAsync(people)).Text("request_id")!;

        (await DeliveriesAsync(api, request, "?limit=3")).ShouldBe(
            Deliveries("0-2", (people[0], "accepted"), (people[1], "accepted"), (people[2], "accepted"))
        );
        (await DeliveriesAsync(api, request, "?limit=3&after=0-2")).ShouldBe(Deliveries(null, (people[3], "accepted")));
        (await DeliveriesAsync(api, request, "?limit=4")).ShouldBe(Deliveries(null, [.. people.Select(person => (person, "accepted"))]));
        (await DeliveriesAsync(api, request, "?limit=2&after=0-1")).ShouldBe(Deliveries(null, (people[2], "accepted"), (people[3], "accepted")));
    }

    [Fact]
    public async Task Requests_PageByPage_AreNewestFirstAndSayWhichIsTheLast()
    {
        await using var server = await StartAsync();
        var (api, ann) = (new Api(server), await server.RegisterAsync());
        var requests = new List<string>();
        for (var send = 0; send < 4; send++)
        {
            requests.Insert(0, (await api.SendAsync([ann])).Text("request_id")!);
        }

        (await ListAsync(api, "?limit=3")).ShouldBe((string.Join(' ', requests[..3]), requests[2]));
        (await ListAsync(api, "?limit=3&after=" + requests[2])).ShouldBe((requests[3], null));
        (await ListAsync(api, "?limit=2&after=" + requests[1])).ShouldBe((string.Join(' ', requests[2..]), null));
        (await ListAsync(api, "?limit=4")).ShouldBe((string.Join(' ', requests), null));
        (await ListAsync(api, "?after=" + requests[3])).ShouldBe(("", null));
    }

    [Fact]
    public async Task Deregistration_WithAReason_IsKeptOnceAndAppliesAtOnce()
    {
        await using var server = await StartAsync();
        var (api, ann) = (new Api(server), await server.RegisterAsync("ann@example.com"));

        (await api.DeleteAsync($"/clients/{ann.Id}?reason=user_requested")).Status.ShouldBe(200);
        (await api.DeleteAsync($"/clients/{ann.Id}?reason=again")).Status.ShouldBe(200);

        var client = await api.GetAsync("/clients/" + ann.Id);
        (client.Text("status"), client.Json.GetProperty("is_subscribed").GetBoolean()).ShouldBe(("unregistered", false));
        (await api.SendAsync([ann])).ShouldBe(Answer.Nobody("<reg>"));
        (await api.GetAsync("/service")).Number("active_registrations").ShouldBe(0);
        var reason = await server.Database.ReadAsync(
            session => session.FirstAsync<string>("SELECT status_reason FROM registration"),
            CancellationToken.None
        );
        reason.ShouldBe("user_requested");
    }

    private static async Task<(string Requests, string? Next)> ListAsync(Api api, string query)
    {
        var page = (await api.GetAsync("/requests" + query)).Json;
        var ids = page.GetProperty("requests").EnumerateArray().Select(request => request.GetProperty("request_id").GetString());
        return (string.Join(' ', ids), page.GetProperty("next").GetString());
    }

    private static async Task<string> DeliveriesAsync(Api api, string request, string query) =>
        (await api.GetAsync($"/requests/{request}/deliveries{query}")).Body;

    private static string Deliveries(string? next, params (RegisteredClient Client, string Outcome)[] entries)
    {
        var list = entries.Select(entry => $$"""{"registration_id":"{{entry.Client.Id}}","outcome":"{{entry.Outcome}}","reason":{{ReasonOf(entry.Outcome)}}}""");
        return $$"""{"deliveries":[{{string.Join(',', list)}}],"next":{{(next is null ? "null" : $"\"{next}\"")}}}""";
    }

    private static string ReasonOf(string outcome) =>
        outcome switch
        {
            "gone" => "\"unknown_subscription\"",
            "rejected" => "\"bad_request\"",
            _ => "null",
        };

    private Task<RunningServer> StartAsync() => RunningServer.StartAsync(clock, ("Pushbell:Role", "api"));
}
