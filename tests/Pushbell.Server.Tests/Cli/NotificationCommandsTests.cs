using System.Text.Json;
using Pushbell.LocalPushService.Faults;
using Pushbell.Testing;

namespace Pushbell.Server.Tests.Cli;

public sealed class NotificationCommandsTests : IAsyncLifetime
{
    private RunningServer server = null!;

    public async ValueTask InitializeAsync() => server = await RunningServer.StartAsync();

    private Terminal Terminal => Terminal.Beside(server);

    [Fact]
    public async Task List_InPages_IsNewestFirstAndWhole()
    {
        await server.RegisterAsync();
        var sent = new List<string>();
        for (var number = 0; number < 5; number++)
        {
            sent.Insert(0, (await SendAsync()).Text("request_id"));
        }

        var first = await Terminal.JsonAsync("notification", "list", "--limit", "3");
        var second = await Terminal.JsonAsync("notification", "list", "--limit", "3", "--after", first.Text("next"));

        Ids(first).Concat(Ids(second)).ShouldBe(sent);
        second.GetProperty("next").ValueKind.ShouldBe(JsonValueKind.Null);
        (await Terminal.RunAsync("notification", "list", "--limit", "3")).Output.ShouldContain($"More: --after {sent[2]}");
    }

    [Fact]
    public async Task List_OfNone_SaysSo() => (await Terminal.RunAsync("notification", "list")).Output.Trim().ShouldBe("No notifications.");

    [Fact]
    public async Task Show_AfterDelivery_HasItsOutcomes()
    {
        var gone = await server.RegisterAsync();
        await server.RegisterAsync();
        gone.Subscription.Script(new ScriptedAnswer { Status = 410 });
        var request = (await SendAsync()).Text("request_id");

        var shown = await Terminal.JsonAsync("notification", "show", request);
        var text = await Terminal.RunAsync("notification", "show", request);

        shown.GetProperty("outcomes").ShouldBe(("accepted", 1), ("gone", 1), ("rejected", 0), ("expired", 0), ("cancelled", 0));
        shown.GetProperty("invalid_registrations").EnumerateArray().Select(id => id.GetString()).ShouldBe([gone.Id]);
        text.Output.ShouldContain("1 accepted, 1 gone, 0 rejected, 0 expired, 0 cancelled, 0 pending");
        text.Output.ShouldContain(gone.Id);
    }

    [Fact]
    public async Task Deliveries_ByOutcome_NameWhoAndWhy()
    {
        var (gone, reached) = (await server.RegisterAsync(), await server.RegisterAsync());
        gone.Subscription.Script(new ScriptedAnswer { Status = 410 });
        var request = (await SendAsync()).Text("request_id");

        var all = await Terminal.JsonAsync("notification", "deliveries", request);
        var cut = await Terminal.JsonAsync("notification", "deliveries", request, "--limit", "1");
        var lost = await Terminal.JsonAsync("notification", "deliveries", request, "--outcome", "gone");
        var none = await Terminal.RunAsync("notification", "deliveries", request, "--outcome", "expired");

        all.Text("request_id").ShouldBe(request);
        all.GetProperty("has_more").GetBoolean().ShouldBeFalse();
        all.GetProperty("deliveries").EnumerateArray().Select(entry => entry.Text("registration_id")).ShouldBe([gone.Id, reached.Id]);
        cut.GetProperty("deliveries").GetArrayLength().ShouldBe(1);
        cut.GetProperty("has_more").GetBoolean().ShouldBeTrue();
        lost.GetProperty("deliveries").EnumerateArray().Single().ShouldBe(("registration_id", gone.Id), ("outcome", "gone"), ("reason", "unknown_subscription"));
        none.Output.ShouldStartWith("No such deliveries.");
    }

    [Fact]
    public async Task Cancel_OfAScheduledOne_RecallsItAndAgainChangesNothing()
    {
        var client = await server.RegisterAsync();
        var at = TimeProvider.System.GetUtcNow().AddDays(1).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'");
        var request = (await Terminal.JsonAsync("send", "--all", "--title", "T", "--body", "B", "--at", at)).Text("request_id");

        var cancelled = await Terminal.JsonAsync("notification", "cancel", request);
        var again = await Terminal.JsonAsync("notification", "cancel", request);

        cancelled.Text("status").ShouldBe("cancelled");
        cancelled.GetProperty("outcomes").GetProperty("cancelled").GetInt32().ShouldBe(1);
        again.GetRawText().ShouldBe(cancelled.GetRawText());
        client.Subscription.MessageCount.ShouldBe(0);
    }

    [Theory]
    [InlineData("show")]
    [InlineData("deliveries")]
    [InlineData("cancel")]
    public async Task Notification_OfAnotherService_IsUnknown(string command)
    {
        await server.RegisterAsync();
        var request = (await SendAsync()).Text("request_id");
        var organization = (await Terminal.JsonAsync("organization", "create", "--name", "Bob")).Text("organization_id");
        await Terminal.JsonAsync("service", "create", "--organization", organization, "--identifier", "bobs-app");

        (await Terminal.RunAsync("notification", command, request, "--organization", organization))
            .ShouldFail(1, $"There is no notification '{request}'. See: pushbell notification list");
        (await Terminal.RunAsync("notification", command, "req_nonsense", "--organization", organization)).ShouldFail(1, "There is no notification 'req_nonsense'.");
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private async Task<JsonElement> SendAsync()
    {
        var ended = await Terminal.RunAsync("send", "--all", "--title", "Hello", "--body", "World", "--wait", "--json");
        return JsonDocument.Parse(ended.Output).RootElement;
    }

    private static IEnumerable<string> Ids(JsonElement list) => list.GetProperty("notifications").EnumerateArray().Select(entry => entry.Text("request_id"));
}
