using Pushbell.Dispatch;
using Pushbell.Server.Tests.V2.Stories;
using Pushbell.Testing;

namespace Pushbell.Server.Tests.V2.Browser;

/// <summary>"shown and clicked are counted apart": each notification, registration and event once, whatever is repeated.</summary>
public sealed class ReceiptTests : IAsyncLifetime
{
    private RunningServer server = null!;
    private PageCalls page = null!;

    public async ValueTask InitializeAsync()
    {
        server = await RunningServer.StartAsync();
        page = new PageCalls(server);
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task Report_Repeated_CountsOnce_ApartFromAccepted()
    {
        var (first, second) = (await server.RegisterAsync(), await server.RegisterAsync());
        var request = await SendAsync(first, second);

        (await page.ReportAsync(first.Id, first.Token, Of(request, "shown"), Of(request, "clicked", "open"), Of(request, "shown"))).ShouldCount(2);
        (await page.ReportAsync(first.Id, first.Token, Of(request, "shown"))).ShouldCount(0);
        (await page.ReportAsync(second.Id, second.Token, Of(request, "shown"), Of(request, "dismissed"))).ShouldCount(2);

        await ShouldStandAsync(request, accepted: 2, shown: 2, clicked: 1, dismissed: 1);
    }

    [Fact]
    public async Task Report_FromAFewAtOnce_CountsEachOnce()
    {
        var clients = new List<RegisteredClient>();
        while (clients.Count < 12)
        {
            clients.Add(await server.RegisterAsync());
        }

        var request = await SendAsync([.. clients]);

        var replies = await Task.WhenAll(
            clients.SelectMany(client => Enumerable.Repeat(client, 3)).Select(client => page.ReportAsync(client.Id, client.Token, Of(request, "shown")))
        );

        replies.Sum(reply => reply.Number("counted")).ShouldBe(12);
        await ShouldStandAsync(request, accepted: 12, shown: 12, clicked: 0, dismissed: 0);
    }

    [Fact]
    public async Task Report_UnknownForeignOrNeverSentToIt_IsNotCounted_AndNoError()
    {
        var (reached, beside) = (await server.RegisterAsync(), await server.RegisterAsync());
        var request = await SendAsync(reached);
        var other = await Tenant.AddAsync(server);
        var foreign = await server.RegisterAsync(key: await other.AddKeyAsync(Dispatch.Organizations.KeyKind.Publishable));
        var before = await DatabaseContents.ReadAsync(server);

        (await page.ReportAsync(beside.Id, beside.Token, Of(request, "shown"))).ShouldCount(0);
        (await page.ReportAsync(foreign.Id, foreign.Token, Of(request, "shown"))).ShouldCount(0);
        (await page.ReportAsync(reached.Id, reached.Token, Of(PublicId.Notification(1), "shown"), Of("nonsense", "shown"))).ShouldCount(0);

        (await DatabaseContents.ReadAsync(server)).ShouldBe(before);
        await ShouldStandAsync(request, accepted: 1, shown: 0, clicked: 0, dismissed: 0);
    }

    [Fact]
    public async Task Report_WithAnotherRegistrationsToken_Is401_AndNotCounted()
    {
        var (reached, beside) = (await server.RegisterAsync(), await server.RegisterAsync());
        var request = await SendAsync(reached, beside);

        (await page.ReportAsync(reached.Id, beside.Token, Of(request, "shown"))).Status.ShouldBe(401);

        await ShouldStandAsync(request, accepted: 2, shown: 0, clicked: 0, dismissed: 0);
    }

    [Fact]
    public async Task Report_Malformed_Is400()
    {
        var client = await server.RegisterAsync();
        var shown = Of(PublicId.Notification(1), "shown");

        (await page.ReportAsync(client.Id, client.Token)).Status.ShouldBe(400);
        (await page.ReportAsync(client.Id, client.Token, [.. Enumerable.Repeat(shown, 101)])).Status.ShouldBe(400);
        (await page.ReportAsync(client.Id, client.Token, Of("req_1", "seen"))).Body.ShouldContain("receipts[0] must have");
        (await page.ReportAsync(client.Id, client.Token, [.. Enumerable.Repeat(shown, 100)])).Status.ShouldBe(200);
    }

    private static object Of(string request, string what, string? action = null) => new { notification_id = request, @event = what, action };

    private async Task<string> SendAsync(params RegisteredClient[] to) => (await new Api(server).SendAsync(to)).Text("request_id")!;

    private async Task ShouldStandAsync(string request, int accepted, int shown, int clicked, int dismissed)
    {
        var reply = await new Api(server).GetAsync("/requests/" + request);
        reply.Json.GetProperty("outcomes").GetProperty("accepted").GetInt32().ShouldBe(accepted);
        reply.Json.GetProperty("receipts").GetRawText().ShouldBe($$"""{"shown":{{shown}},"clicked":{{clicked}},"dismissed":{{dismissed}},"link_clicks":0}""");
    }
}

internal static class CountedReplies
{
    public static void ShouldCount(this Reply reply, int count)
    {
        reply.Status.ShouldBe(200, reply.Body);
        reply.Body.ShouldBe($$"""{"counted":{{count}}}""");
    }
}
