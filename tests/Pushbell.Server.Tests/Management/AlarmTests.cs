using System.Text.Json;
using Pushbell.LocalPushService.Faults;

namespace Pushbell.Server.Tests.Management;

public sealed class AlarmTests
{
    [Fact]
    public async Task Alarm_RaisedByAPushService_IsListedCountedAndResolvedOnce()
    {
        await using var service = await ManagedService.StartAsync(clock: null, ("Pushbell:Role", "api"));
        var ann = await service.Server.RegisterAsync();
        ann.Subscription.Script(new ScriptedAnswer { Status = 401, Repeat = true });
        for (var send = 0; send < 20; send++)
        {
            using var sent = await service.Server.V2Async(HttpMethod.Post, "/send", new { title = "T", body = "B", target_all = true });
        }

        var alarm = (await service.Owner.GetAsync(service.Organization + "/alarms")).Json.GetProperty("alarms").EnumerateArray().ShouldHaveSingleItem();
        var id = alarm.GetProperty("alarm_id").GetString()!;
        (alarm.GetProperty("kind").GetString(), alarm.GetProperty("resolved_at").ValueKind).ShouldBe(("refuses_everyone", JsonValueKind.Null));
        (await service.GetAsync("/overview")).Number("open_alarms").ShouldBe(1);
        (await ResolveAsync("?expire=perhaps")).ShouldRefuse(400, "INVALID_REQUEST", "expire must be true or false");
        var resolved = await ResolveAsync();
        var again = await ResolveAsync();

        resolved.Json.GetProperty("resolved_at").ValueKind.ShouldBe(JsonValueKind.String);
        again.Body.ShouldBe(resolved.Body);
        (await service.GetAsync("/overview")).Number("open_alarms").ShouldBe(0);
        (await service.Owner.PostAsync(service.Organization + "/alarms/alm_0000000000001/resolve")).ShouldRefuse(404, "NOT_FOUND", "There is no alarm");
        (await service.AuditedAsync("alarm.resolve")).ShouldHaveSingleItem("the second time changed nothing").Subject.ShouldBe(id);

        Task<V2.Stories.Reply> ResolveAsync(string query = "") => service.Owner.PostAsync($"{service.Organization}/alarms/{id}/resolve{query}");
    }
}
