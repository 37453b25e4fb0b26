using System.Net.Http.Json;
using Pushbell.Dispatch.Alarms;
using Pushbell.LocalPushService.Faults;
using Pushbell.Testing;

namespace Pushbell.Browser.Tests.Dashboard;

/// <summary>Something of everything that a page can show, made as customers make it, in the organization of the first start.</summary>
internal sealed class BusyOrganization(RunningServer server, Account account)
{
    private const int People = 30;

    private static readonly (string Browser, string System, string Type)[] Devices =
    [
        ("Chrome", "Android", "mobile"), ("Firefox", "Windows", "desktop"), ("Safari", "iOS", "mobile"), ("Edge", "Windows", "desktop"),
    ];

    public async Task<Place> FillAsync()
    {
        var place = await NameAsync();
        var clients = new List<RegisteredClient>();
        for (var at = 0; at < People; at++)
        {
            var (browser, system, type) = Devices[at % Devices.Length];
            var device = new { browser_name = browser, os_name = system, device_type = type };
            clients.Add(await server.RegisterAsync($"person{at}@example.com", $"user-{at}", null, ("device_info", device)));
        }

        clients[1].Subscription.Script(new ScriptedAnswer { Status = 410 });
        clients[2].Subscription.Script(new ScriptedAnswer { Status = 413 });
        await SendAsync(place, "Fresh bread at 7", clients);
        await SendAsync(place, "The shop opens later on Sunday", clients, ("send_at", TimeProvider.System.GetUtcNow().AddHours(6).ToString("O")));
        var cancelled = await SendAsync(place, "Not to be", clients, ("send_at", TimeProvider.System.GetUtcNow().AddHours(7).ToString("O")));
        await account.DeleteAsync($"{place.ServicePath}/notifications/{cancelled}");
        await AdministerAsync(place, clients[5]);

        // From here on the push service asks to be left alone, so that one notification stays under way.
        clients[3].Subscription.Script(new ScriptedAnswer { Status = 503, RetryAfter = "3600", Repeat = true });
        const string title = "Cinnamon rolls, while they last";
        var running = await SendAsync(place, title, clients.Skip(3), isEnding: false);
        return place with { Request = (running, title), Client = (clients[7].Id, "person7@example.com") };
    }

    private async Task<Place> NameAsync()
    {
        var organization = (await account.GetAsync("/organizations")).GetProperty("organizations")[0].GetProperty("organization_id").GetString()!;
        var services = await account.GetAsync($"/organizations/{organization}/services");
        var place = new Place(organization, services.GetProperty("services")[0].GetProperty("service_id").GetString()!, "Corner Shop");
        await account.CallAsync(HttpMethod.Patch, place.ServicePath, new { name = place.ServiceName });
        return place;
    }

    private async Task<string> SendAsync(
        Place place, string title, IEnumerable<RegisteredClient> to, (string Name, object Value)? more = null, bool isEnding = true)
    {
        var body = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["title"] = title,
            ["body"] = "At the corner of Mill Lane and Station Road.",
            ["url"] = "https://app.example.com/offers",
            ["target_registration_ids"] = to.Select(client => client.Id),
        };
        if (more is var (name, value))
        {
            body[name] = value;
        }

        var id = (await account.PostAsync($"{place.ServicePath}/notifications", body)).GetProperty("request_id").GetString()!;
        var (isWaitedFor, sent) = (isEnding && more is null, $"{place.ServicePath}/notifications/{id}");
        await Eventually.HoldsAsync(async () => !isWaitedFor || (await account.GetAsync(sent)).GetProperty("pending").GetInt32() == 0);
        if (isWaitedFor)
        {
            await ReportAsync(id, to);
        }

        return id;
    }

    /// <summary>Most have seen it, some have clicked, as their service workers say.</summary>
    private async Task ReportAsync(string request, IEnumerable<RegisteredClient> clients)
    {
        foreach (var (at, client) in clients.Index().Where(one => one.Index > 2))
        {
            using var report = new HttpRequestMessage(HttpMethod.Post, $"/v2/push/registrations/{client.Id}/receipts");
            report.Headers.Add("Authorization", "Bearer " + client.Token);
            report.Headers.Add("Origin", RunningServer.Origin);
            string[] kinds = at % 4 == 0 ? ["shown", "clicked"] : ["shown"];
            report.Content = JsonContent.Create(new { receipts = kinds.Select(kind => new { notification_id = request, @event = kind }) });
            using var response = await server.Http.SendAsync(report);
            response.EnsureSuccessStatusCode();
        }
    }

    /// <summary>Keys, a new VAPID pair, somebody invited, a payment, an alarm, somebody who has left.</summary>
    private async Task AdministerAsync(Place place, RegisteredClient leaving)
    {
        var key = await account.PostAsync($"{place.ServicePath}/keys", new { kind = "restricted", name = "Newsletter", scopes = new[] { "send" } });
        await account.PostAsync($"{place.ServicePath}/keys", new { kind = "secret", name = "Backend" });
        await account.DeleteAsync($"{place.ServicePath}/keys/{key.GetProperty("key_id").GetString()}");
        await account.PostAsync($"{place.OrganizationPath}/management-keys", new { name = "Terraform", role = "admin" });
        await account.PostAsync($"{place.ServicePath}/vapid", new { });
        await account.PostAsync($"{place.OrganizationPath}/invitations", new { email = "new.colleague@example.com", role = "sender" });
        await account.PostAsync($"{place.OrganizationPath}/credits/top-ups", new { amount = 1_000, note = "invoice 17" });
        await account.DeleteAsync($"{place.ServicePath}/clients/{leaving.Id}?reason=left");
        var tenant = await Tenant.OfFirstStartAsync(server);
        await tenant.ChangeAsync(
            """
            INSERT INTO alarm (organization_id, id, kind, origin, sentence, raised_at)
            VALUES (@organization, 1, @kind, 'https://updates.push.services.mozilla.com', @sentence, @now)
            """,
            new
            {
                kind = nameof(AlarmKind.RefusesEveryone),
                sentence = "This push service refuses everything that is sent to it. Check the contact and the VAPID key.",
                now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds(),
            }
        );
    }
}
