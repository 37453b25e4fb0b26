using System.Net.Http.Json;
using System.Text.Json;
using Pushbell.LocalPushService.VirtualSubscriptions;
using Pushbell.Server.Tests.Faults;
using Pushbell.Testing;

namespace Pushbell.Server.Tests.Cli;

/// <summary>What a server promised before the move, the one after it keeps.</summary>
public sealed class MovedInstallationTests : IAsyncLifetime
{
    private const int Crowd = 160, Credits = 1_000;
    private MovingOut house = null!;

    public async ValueTask InitializeAsync() => house = await MovingOut.CreateAsync();

    public ValueTask DisposeAsync() => house?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public async Task Move_InTheMiddleOfABroadcast_IsGoneOnWithExactly()
    {
        // A window this small makes a broadcast slow enough to be caught in the middle.
        await using var first = await house.StartOldAsync(("Pushbell__Delivery__Window", "4"), ("Pushbell__Bootstrap__Credits", $"{Credits}"));
        var people = new List<VirtualSubscription>();
        while (people.Count < Crowd)
        {
            people.Add(await first.RegisterAsync(house.PushService));
        }

        var ada = await RegisterAdaAsync(first);
        var greeting = new { title = "Hello", body = "Ada", target_user_emails = new[] { "ada@example.com" } };
        var (_, greeted) = await CallAsync(first, HttpMethod.Post, "/send", greeting, "once");
        var later = new { title = "Later", body = "World", target_all = true, send_at = TimeProvider.System.GetUtcNow().AddDays(30) };
        var (_, planned) = await CallAsync(first, HttpMethod.Post, "/send", later);
        var cancelledId = planned.GetProperty("request_id").GetString();
        (await CallAsync(first, HttpMethod.Delete, "/requests/" + cancelledId)).Status.ShouldBe(200);
        var (_, sent) = await CallAsync(first, HttpMethod.Post, "/send", new { title = "Hello", body = "World", target_all = true });
        var broadcast = sent.GetProperty("request_id").GetString()!;
        await Eventually.HoldsAsync(() => Task.FromResult(people.Count(person => person.MessageCount > 0) >= 20));
        first.Terminate();
        await first.EndedAsync();
        people.ShouldContain(person => person.MessageCount == 0, "it was stopped in the middle");

        var moved = (await house.MoveAsync("--json")).Json;

        moved.EnumerateObject().Select(field => field.Name).ShouldBe(["tables"]);
        var tables = moved.GetProperty("tables").EnumerateArray().ToDictionary(table => table.GetProperty("table").GetString()!);
        tables["registration"].GetProperty("rows").GetInt64().ShouldBe(Crowd + 1);
        tables["notification"].GetProperty("rows").GetInt64().ShouldBe(3);
        tables.Values.ShouldAllBe(table => table.GetProperty("sha256").GetString()!.Length == 64);

        await using var second = await house.StartNewAsync();
        second.Errors.ShouldBeEmpty();
        var completed = await second.CompletedAsync(broadcast);
        (completed.Number("total_targets"), completed.Number("successful_sends"), completed.Number("failed_sends")).ShouldBe((Crowd + 1, Crowd + 1, 0));
        people.ShouldAllBe(person => person.MessageCount == 1);
        ada.MessageCount.ShouldBe(2);
        ada.Messages.ShouldAllBe(message => message.DecryptionError == null);
        await ShouldRememberAsync(second, greeting, greeted, cancelledId!);
        var statement = JsonDocument.Parse(await house.AskNewAsync("credits", "statement", "--json")).RootElement;
        new[] { "available", "held", "spent", "topped_up" }.Select(name => statement.GetProperty(name).GetInt64())
            .ShouldBe([Credits - Crowd - 2, 0, Crowd + 2, Credits]);
    }

    private static async Task ShouldRememberAsync(ServerProcess server, object greeting, JsonElement greeted, string cancelled)
    {
        var (_, again) = await CallAsync(server, HttpMethod.Post, "/send", greeting, "once");
        again.GetRawText().ShouldBe(greeted.GetRawText(), "the same Idempotency-Key");
        (await CallAsync(server, HttpMethod.Get, "/requests/" + cancelled)).Body.GetProperty("status").GetString().ShouldBe("cancelled");
        var (_, found) = await CallAsync(server, HttpMethod.Get, "/clients?user_email=Ada@example.com");
        found.GetRawText().ShouldContain("\"user_email\":\"ada@example.com\"");
    }

    private async Task<VirtualSubscription> RegisterAdaAsync(ServerProcess server)
    {
        var subscription = house.PushService.CreateSubscription();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v2/push/registrations");
        request.Headers.Add("X-Publishable-Key", RunningServer.PublishableKey);
        request.Headers.Add("Origin", RunningServer.Origin);
        var keys = new { p256dh = subscription.P256dh, auth = subscription.Auth };
        request.Content = JsonContent.Create(new { subscription = new { endpoint = subscription.Endpoint, keys }, user_email = "ada@example.com" });
        using var response = await server.Http.SendAsync(request);
        response.EnsureSuccessStatusCode();
        return subscription;
    }

    private static async Task<(int Status, JsonElement Body)> CallAsync(
        ServerProcess server,
        HttpMethod method,
        string path,
        object? body = null,
        string? idempotencyKey = null
    )
    {
        using var request = new HttpRequestMessage(method, "/v2/push" + path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Add("X-Secret-Key", RunningServer.SecretKey);
        if (idempotencyKey is not null)
        {
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        }

        using var response = await server.Http.SendAsync(request);
        return ((int)response.StatusCode, await RunningServer.JsonOf(response));
    }
}
