using System.Text.Json;
using Pushbell.LocalPushService.Faults;
using Pushbell.Testing;

namespace Pushbell.Server.Tests.Management;

public sealed class NotificationTests(SharedService shared) : IClassFixture<SharedService>
{
    [Fact]
    public async Task Send_ToFew_IsAcceptedAtOnceAndDeliveredInTheBackground()
    {
        await using var service = await ManagedService.StartAsync();
        var (ann, gone) = (await service.Server.RegisterAsync("ann@example.com"), await service.Server.RegisterAsync());
        gone.Subscription.Remove();

        var sent = await service.PostAsync("/notifications", new { title = "Hello!", body = "World", target_registration_ids = new[] { ann.Id, gone.Id, "reg_unknown" } });
        var request = sent.Text("request_id")!;
        var ended = await service.EndedAsync(request);

        (sent.Status, sent.Text("status"), sent.Number("pending")).ShouldBe((202, "queued", 2));
        (ended.Text("status"), ended.Number("successful_sends"), ended.Number("failed_sends")).ShouldBe(("completed", 1, 1));
        ended.Json.GetProperty("outcomes").GetRawText().ShouldBe("""{"accepted":1,"gone":1,"rejected":0,"expired":0,"cancelled":0}""");
        ended.Json.GetProperty("invalid_registrations").EnumerateArray().Select(id => id.GetString()).ShouldBe(["reg_unknown", gone.Id]);
        // It leads to the service's site, where its sender did not say.
        ended.Json.GetProperty("content").GetRawText().ShouldBe(
            $$"""{"title":"Hello!","body":"World","urgency":"normal","ttl":86400,"url":"{{RunningServer.Origin}}/"}"""
        );
        ann.Subscription.Messages.ShouldHaveSingleItem();
        (await service.AuditedAsync("notification.send")).ShouldBe([(request, "“Hello!” to 2")]);
    }

    [Fact]
    public async Task Content_PutIntoASendAgain_IsTheSameMessage()
    {
        var service = shared.Service;
        var ann = await service.Server.RegisterAsync();
        var first = await service.SendAsync(
            [ann],
            ("icon", "https://a.example/i.png"),
            ("tag", "news"),
            ("url", "https://a.example/"),
            ("data", new { order = 1 }),
            ("actions", new object[] { new { action = "open", title = "Open" }, new { action = "no", title = "No", url = "https://a.example/no" } }),
            ("urgency", "high"),
            ("ttl", 600),
            ("require_interaction", true),
            ("badge_count", 3)
        );
        var content = (await service.EndedAsync(first)).Json.GetProperty("content");
        var again = content.EnumerateObject().ToDictionary(field => field.Name, field => (object)field.Value);
        again["target_registration_ids"] = new[] { ann.Id };

        var sent = await service.PostAsync("/notifications", again);

        sent.Status.ShouldBe(202, sent.Body);
        sent.Json.GetProperty("content").GetRawText().ShouldBe(content.GetRawText());
        await service.EndedAsync(sent.Text("request_id")!);
        var (one, other) = (ann.Subscription.Messages[0], ann.Subscription.Messages[1]);
        other.Text!.Replace(sent.Text("request_id")!, first, StringComparison.Ordinal).ShouldBe(one.Text);
        (other.Ttl, other.Headers["Topic"], other.Headers["Urgency"]).ShouldBe((one.Ttl, one.Headers["Topic"], "high"));
    }

    [Fact]
    public async Task DryRun_CountsEverythingAndKeepsNothing()
    {
        await using var service = await ManagedService.StartAsync(clock: null, ("Pushbell:Bootstrap:Credits", "10"));
        var ann = await service.Server.RegisterAsync();

        var dry = await service.PostAsync("/notifications", new { title = "T", body = "B", target_registration_ids = new[] { ann.Id, "reg_unknown" }, dry_run = true });

        dry.Status.ShouldBe(200, dry.Body);
        (dry.Number("total_targets"), dry.Number("payload_limit"), dry.Number("credits_needed")).ShouldBe((1, 3_993, 1));
        dry.Number("payload_bytes").ShouldBeInRange(80, 200);
        dry.Json.GetProperty("invalid_registrations")[0].GetString().ShouldBe("reg_unknown");
        (await service.GetAsync("/notifications")).Body.ShouldBe("""{"notifications":[],"next":null}""");
        (await service.AuditedAsync("notification.send")).ShouldBeEmpty();
        ann.Subscription.MessageCount.ShouldBe(0);
    }

    [Fact]
    public async Task Send_BeyondTheAllowance_SaysWhichAndSendsNothing()
    {
        await using var service = await ManagedService.StartAsync(clock: null, ("Pushbell:Bootstrap:Credits", "0"));
        await service.Server.RegisterAsync();
        (await service.PostAsync("/notifications", Everybody)).ShouldRefuse(402, "INSUFFICIENT_CREDITS", "0 left");
        await service.Owner.PostAsync(service.Organization + "/credits/top-ups", new { amount = 100 });
        await service.Owner.PutAsync(service.Organization + "/plan", new { plan = "custom", hourly = 1, daily = (int?)null });
        await service.Server.RegisterAsync();

        var refused = await service.PostAsync("/notifications", Everybody);

        refused.ShouldRefuse(429, "QUOTA_EXCEEDED", "this hour");
        refused.Header("Retry-After").ShouldNotBeNull();
        (await service.GetAsync("/notifications")).Json.GetProperty("notifications").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Send_WhileSwitchedOff_IsAConflict()
    {
        await using var service = await ManagedService.StartAsync();
        var ann = await service.Server.RegisterAsync();
        await service.Owner.PatchAsync(service.Path, new { notifications_enabled = false });

        (await service.PostAsync("/notifications", Everybody)).ShouldRefuse(409, "CONFLICT", "switched off");
        (await service.PostAsync($"/clients/{ann.Id}/test", new { })).ShouldRefuse(409, "CONFLICT", "switched off");
    }

    [Fact]
    public async Task Send_Twice_WithOneIdempotencyKey_IsOneSend()
    {
        await using var service = await ManagedService.StartAsync();
        var ann = await service.Server.RegisterAsync();
        var key = ("Idempotency-Key", (string?)"once");

        var first = await service.Owner.CallAsync(HttpMethod.Post, service.Path + "/notifications", Everybody, key);
        var again = await service.Owner.CallAsync(HttpMethod.Post, service.Path + "/notifications", Everybody, key);
        var other = await service.Owner.CallAsync(HttpMethod.Post, service.Path + "/notifications", new { title = "T", body = "Other", target_all = true }, key);
        await service.EndedAsync(first.Text("request_id")!);

        (first.Status, again.Status, again.Body, again.Header("Idempotency-Replayed")).ShouldBe((202, 202, first.Body, "true"));
        other.ShouldRefuse(422, "INVALID_REQUEST", "Idempotency-Key");
        ann.Subscription.MessageCount.ShouldBe(1);
        (await service.AuditedAsync("notification.send")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task List_ByStatusAndPage_IsNewestFirst()
    {
        await using var service = await ManagedService.StartAsync();
        var ann = await service.Server.RegisterAsync();
        var completed = await service.SendAsync([ann]);
        await service.EndedAsync(completed);
        var scheduled = await service.SendAsync([ann], ("send_at", TimeProvider.System.GetUtcNow().AddHours(1).ToString("O")));
        var recalled = await service.SendAsync([ann], ("send_at", TimeProvider.System.GetUtcNow().AddHours(1).ToString("O")));

        var cancelled = await service.Owner.DeleteAsync($"{service.Path}/notifications/{recalled}");

        (cancelled.Text("status"), cancelled.Json.GetProperty("outcomes").GetProperty("cancelled").GetInt32()).ShouldBe(("cancelled", 1));
        (await service.AuditedAsync("notification.cancel")).ShouldBe([(recalled, "1 of 1 cancelled")]);
        (await ListAsync("?status=scheduled")).ShouldBe((scheduled, null));
        (await ListAsync("?status=cancelled")).ShouldBe((recalled, null));
        (await ListAsync("?limit=2")).ShouldBe(($"{recalled} {scheduled}", scheduled));
        (await ListAsync("?limit=2&after=" + scheduled)).ShouldBe((completed, null));
        (await service.GetAsync("/notifications?status=done")).ShouldRefuse(400, "INVALID_REQUEST", "queued, scheduled, processing, completed, cancelled");
        (await service.GetAsync("/notifications?after=x")).ShouldRefuse(400, "INVALID_REQUEST", "after");

        async Task<(string, string?)> ListAsync(string query)
        {
            var page = (await service.GetAsync("/notifications" + query)).Json;
            var ids = page.GetProperty("notifications").EnumerateArray().Select(entry => entry.GetProperty("request_id").GetString());
            return (string.Join(' ', ids), page.GetProperty("next").GetString());
        }
    }

    [Fact]
    public async Task DeliveriesAndBreakdown_OfASendWithFaults_SayInPlainWordsWhatHappened()
    {
        var service = shared.Service;
        var device = ("device_info", (object)new { browser_name = "Chrome", os_name = "Android" });
        var ann = await service.Server.RegisterAsync("ann@example.com", null, null, device);
        var (gone, large) = (await service.Server.RegisterAsync(), await service.Server.RegisterAsync());
        gone.Subscription.Remove();
        large.Subscription.Script(new ScriptedAnswer { Status = 413 });
        var request = await service.SendAsync([ann, gone, large]);
        await service.EndedAsync(request);
        await ReportAsync(service.Server, ann, request, "shown");

        var deliveries = (await service.GetAsync($"/notifications/{request}/deliveries?limit=2")).Json;
        var rest = (await service.GetAsync($"/notifications/{request}/deliveries?limit=2&after={deliveries.GetProperty("next").GetString()}")).Json;
        var breakdown = (await service.GetAsync($"/notifications/{request}/breakdown")).Json;

        var host = service.Server.PushService.HttpUrl.Authority;
        deliveries.GetProperty("deliveries")[0].GetRawText().ShouldBe(
            $$"""{"registration_id":"{{ann.Id}}","user_email":"ann@example.com","device":"Chrome on Android","push_service":"{{host}}","outcome":"accepted","reason":null,"reason_text":null,"shown":true,"clicked":false,"dismissed":false}"""
        );
        var second = deliveries.GetProperty("deliveries")[1];
        (second.GetProperty("outcome").GetString(), second.GetProperty("reason").GetString()).ShouldBe(("gone", "unknown_subscription"));
        second.GetProperty("reason_text").GetString()!.ShouldContain("no longer knows this subscription");
        rest.GetProperty("deliveries").EnumerateArray().ShouldHaveSingleItem().GetProperty("reason_text").GetString()!.ShouldContain("Shorten the body");
        rest.GetProperty("next").ValueKind.ShouldBe(JsonValueKind.Null);
        breakdown.GetProperty("by_push_service")[0].GetRawText().ShouldBe(
            $$"""{"origin":"http://{{host}}","accepted":1,"gone":1,"rejected":1,"expired":0,"cancelled":0,"pending":0}"""
        );
        breakdown
            .GetProperty("by_reason")
            .EnumerateArray()
            .Select(share => (share.GetProperty("reason").GetString(), share.GetProperty("count").GetInt32()))
            .ShouldBe([("unknown_subscription", 1), ("too_large", 1)], ignoreOrder: true);
        (await service.GetAsync($"/notifications/{request}/deliveries?outcome=gone")).Json.GetProperty("deliveries").GetArrayLength().ShouldBe(1);
        (await service.GetAsync($"/notifications/{request}/deliveries?outcome=lost")).ShouldRefuse(400, "INVALID_REQUEST", "outcome must be one of");
    }

    internal static async Task ReportAsync(RunningServer server, RegisteredClient client, string request, string happened)
    {
        using var report = new HttpRequestMessage(HttpMethod.Post, $"/v2/push/registrations/{client.Id}/receipts");
        report.Headers.Add("Authorization", "Bearer " + client.Token);
        report.Content = System.Net.Http.Json.JsonContent.Create(new { receipts = new[] { new { notification_id = request, @event = happened } } });
        using var response = await server.Http.SendAsync(report);
        (await RunningServer.JsonOf(response)).GetProperty("counted").GetInt32().ShouldBe(1);
    }

    private static object Everybody { get; } = new { title = "T", body = "B", target_all = true };
}
