using System.Text.Json;
using Pushbell.LocalPushService.Faults;

namespace Pushbell.Server.Tests.Management;

public sealed class ClientTests
{
    [Fact]
    public async Task List_ByPageFilterAndSearch_FindsExactly()
    {
        await using var service = await ManagedService.StartAsync();
        var device = ("device_info", (object)new { browser_name = "Firefox" });
        var ann = await service.Server.RegisterAsync("ann@example.com", "a-1", null, device, ("language", "de"), ("time_zone", "Europe/Berlin"), ("is_installed", true));
        var (bob, carl) = (await service.Server.RegisterAsync("bob@example.com"), await service.Server.RegisterAsync(userId: "c-3"));
        await service.Owner.DeleteAsync($"{service.Path}/clients/{carl.Id}?reason=lost");

        (await ListAsync("?limit=2")).ShouldBe(($"{carl.Id} {bob.Id}", 3, bob.Id));
        (await ListAsync("?limit=2&after=" + bob.Id)).ShouldBe((ann.Id, 3, null));
        (await ListAsync("?limit=1&offset=1")).ShouldBe((bob.Id, 3, bob.Id));
        (await ListAsync("?status=active")).ShouldBe(($"{bob.Id} {ann.Id}", 2, null));
        (await ListAsync("?user_email=ANN@example.com")).ShouldBe((ann.Id, 1, null));
        (await ListAsync("?user_id=c-3")).ShouldBe((carl.Id, 1, null));
        (await ListAsync("?search=a-1")).ShouldBe((ann.Id, 1, null));
        (await ListAsync("?search=%20Bob@Example.com%20")).ShouldBe((bob.Id, 1, null));
        (await ListAsync("?search=" + carl.Id)).ShouldBe((carl.Id, 1, null));
        (await ListAsync("?search=nobody")).ShouldBe(("", 0, null));

        var client = (await service.GetAsync("/clients/" + ann.Id)).Json;
        (Text(client, "status"), Text(client, "user_email"), Text(client, "user_id"), Text(client, "language"), Text(client, "time_zone")).ShouldBe(
            ("active", "ann@example.com", "a-1", "de", "Europe/Berlin")
        );
        (Text(client, "push_service"), client.GetProperty("device_info").GetProperty("browser_name").GetString()).ShouldBe(
            (service.Server.PushService.HttpUrl.Authority, "Firefox")
        );
        (client.GetProperty("is_installed").GetBoolean(), client.GetProperty("vapid_key_is_current").GetBoolean()).ShouldBe((true, true));
        Text((await service.GetAsync("/clients/" + carl.Id)).Json, "status_reason").ShouldBe("lost");

        async Task<(string, int, string?)> ListAsync(string query)
        {
            var page = (await service.GetAsync("/clients" + query)).Json;
            var ids = page.GetProperty("clients").EnumerateArray().Select(entry => Text(entry, "registration_id"));
            return (string.Join(' ', ids), page.GetProperty("total").GetInt32(), Text(page, "next"));
        }
    }

    [Fact]
    public async Task Deregister_ThenTest_ReachesNobody()
    {
        await using var service = await ManagedService.StartAsync();
        var ann = await service.Server.RegisterAsync();
        var test = await service.PostAsync($"/clients/{ann.Id}/test", new { });
        await service.EndedAsync(test.Text("request_id")!);

        (await service.Owner.DeleteAsync($"{service.Path}/clients/{ann.Id}?reason=left")).Status.ShouldBe(204);
        (await service.Owner.DeleteAsync($"{service.Path}/clients/{ann.Id}?reason=again")).Status.ShouldBe(204);

        (test.Status, test.Text("title"), test.Number("total_targets")).ShouldBe((202, "Test notification", 1));
        ann.Subscription.Messages.ShouldHaveSingleItem().Text!.ShouldContain("My App can reach this device.");
        (await service.PostAsync($"/clients/{ann.Id}/test", new { })).ShouldRefuse(409, "CONFLICT", "This client is unregistered");
        (await service.PostAsync("/clients/reg_0000000000001/test", new { })).ShouldRefuse(404, "NOT_FOUND", "There is no client");
        (await service.Owner.DeleteAsync($"{service.Path}/clients/reg_0000000000001")).ShouldRefuse(404, "NOT_FOUND", "There is no client");
        (await service.AuditedAsync("client.deregister"))[^1].ShouldBe((ann.Id, "left"));
        (await service.AuditedAsync("client.test")).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task ThisBrowser_Registered_IsTheAccountsAndCanBeSentATest()
    {
        await using var service = await ManagedService.StartAsync();
        var browser = service.Server.PushService.CreateSubscription();
        var body = new
        {
            subscription = new { endpoint = browser.Endpoint, keys = new { p256dh = browser.P256dh, auth = browser.Auth } },
            device_info = new { browser_name = "Chrome", os_name = "Linux" },
        };

        var registered = await service.PostAsync("/this-browser", body);
        var test = await service.PostAsync($"/clients/{registered.Text("registration_id")}/test", new { });
        await service.EndedAsync(test.Text("request_id")!);
        using var key = Manage.WithKey(service.Server, await service.Managed.AddKeyAsync("admin"));

        (registered.Status, registered.Text("user_email")).ShouldBe((201, ManagedServer.OwnerEmail));
        browser.MessageCount.ShouldBe(1);
        (await service.AuditedAsync("client.this-browser")).ShouldBe([(registered.Text("registration_id"), ManagedServer.OwnerEmail)]);
        (await key.PostAsync(service.Path + "/this-browser", body)).ShouldRefuse(409, "CONFLICT", "a management key has none");
        (await service.PostAsync("/this-browser", new { })).ShouldRefuse(400, "INVALID_REQUEST", "subscription");
        (await service.PostAsync("/this-browser", new { body.subscription, device_info = new { browser_name = new string('x', 2_000) } })).ShouldRefuse(
            400,
            "INVALID_REQUEST",
            "device_info is too long"
        );
    }

    [Fact]
    public async Task Troubleshooting_OfAPersonWithFaults_NamesThemAndWhatToDo()
    {
        await using var service = await ManagedService.StartAsync();
        var (phone, laptop) = (await service.Server.RegisterAsync("ann@example.com"), await service.Server.RegisterAsync("ann@example.com"));
        phone.Subscription.Remove();
        laptop.Subscription.Script(new ScriptedAnswer { Status = 413 });
        var request = await service.SendAsync([phone, laptop]);
        await service.EndedAsync(request);

        var answer = (await service.GetAsync("/troubleshooting?user_email=Ann@example.com")).Json;
        var single = (await service.GetAsync("/troubleshooting?registration_id=" + phone.Id)).Json;
        var nobody = (await service.GetAsync("/troubleshooting?user_id=nobody")).Json;

        Text(answer, "verdict").ShouldBe($"{laptop.Id}: “Hello!” was refused. The push service found the message too large.");
        var findings = answer.GetProperty("findings").EnumerateArray().ToArray();
        findings.Select(finding => (Text(finding, "level"), Text(finding, "registration_id"))).ShouldBe([("problem", laptop.Id), ("warning", phone.Id)]);
        findings.ShouldAllBe(finding => Text(finding, "what_to_do") != null);
        answer.GetProperty("clients").GetArrayLength().ShouldBe(2);
        answer
            .GetProperty("recent")
            .EnumerateArray()
            .Select(entry => (Text(entry, "request_id"), Text(entry, "registration_id"), Text(entry, "outcome")))
            .ShouldBe([(request, phone.Id, "gone"), (request, laptop.Id, "rejected")], ignoreOrder: true);
        Text(single, "verdict").ShouldBe($"The only client of {phone.Id} is not active.");
        Text(nobody, "verdict").ShouldBe("Nobody is registered as user nobody.");
    }

    private static string? Text(JsonElement owner, string name) => owner.GetProperty(name).GetString();
}
