using Pushbell.Dispatch.Storage;
using Pushbell.Server.Tests.V2.Stories;
using Pushbell.Testing;

namespace Pushbell.Server.Tests.Faults;

/// <summary>The disk is full: whoever asks is told so before anything is sent, and all goes on once there is room.</summary>
public sealed class StorageFaultTests
{
    private static readonly string Long = new('x', 3_000);

    [Fact]
    public async Task Send_DatabaseIsFull_IsUnavailableAndNeitherSentNorCharged()
    {
        await using var server = await RunningServer.StartAsync(settings: ("Pushbell:Bootstrap:Credits", "100"));
        var (api, ann) = (new Api(server), await server.RegisterAsync());
        (await api.GetAsync("/quota")).Status.ShouldBe(200);
        var kept = await FillAsync(server, api);

        var refused = await api.SendAsync([ann], ("data", new { Long }));

        (refused.Status, refused.Text("code"), refused.Header("Retry-After")).ShouldBe((503, "SERVICE_UNAVAILABLE", "5"));
        server.PushService.Counters.Posts.ShouldBe(0);
        (await api.GetAsync("/requests")).Json.GetProperty("requests").GetArrayLength().ShouldBe(kept);
        (await CreditsAsync(server)).ShouldBe($"{100 - kept}/{kept}");

        await LimitPagesAsync(server, 1_000_000);
        (await api.SendAsync([ann], ("data", new { Long }))).Number("successful_sends").ShouldBe(1);
        ann.Subscription.MessageCount.ShouldBe(1);
        (await CreditsAsync(server)).ShouldBe($"{99 - kept}/{kept}");
    }

    [Fact]
    public async Task Broadcast_DatabaseIsFullMeanwhile_GoesOnWhenThereIsRoom()
    {
        await using var server = await RunningServer.StartAsync(settings: ("Pushbell:Delivery:Window", "4"));
        var (api, crowd) = (new Api(server), await server.RegisterCrowdAsync(160));
        var request = (await api.PostAsync("/broadcast", new { title = "T", body = "B" })).Text("request_id")!;
        await Eventually.HoldsAsync(() => Task.FromResult(crowd.Any(browser => browser.MessageCount > 0)));

        await FillAsync(server, api);
        await LimitPagesAsync(server, 1_000_000);

        (await api.CompletedAsync(request)).Number("successful_sends").ShouldBe(160);
        crowd.ShouldAllBe(browser => browser.MessageCount == 1);
    }

    [Fact]
    public async Task Ready_DatabaseIsFull_StaysReady()
    {
        // Reading goes on, and no other node would have more room.
        await using var server = await RunningServer.StartAsync();
        await LimitPagesAsync(server, 1);

        (await server.Http.GetStringAsync(new Uri("/health/ready", UriKind.Relative))).ShouldBe("ready");
    }

    /// <summary>
    /// Leaves no room for one more: SQLite's own limit is met exactly like the disk's, with SQLITE_FULL on the server's connection in the
    /// middle of the transaction.
    /// </summary>
    /// <returns>How many sends, for tomorrow, still found room.</returns>
    private static async Task<int> FillAsync(RunningServer server, Api api)
    {
        await LimitPagesAsync(server, 1);
        var later = new { title = "T", body = "B", target_all = true, send_at = TimeProvider.System.GetUtcNow().AddDays(1).ToString("O"), data = new { Long } };
        for (var kept = 0; kept < 20; kept++)
        {
            if ((await api.PostAsync("/send", later)).Status == 503)
            {
                return kept;
            }
        }

        throw new InvalidOperationException("The limit does not hold.");
    }

    private static Task<string?> CreditsAsync(RunningServer server) =>
        server.ValueAsync<string>("SELECT credit_available || '/' || credit_held FROM organization");

    /// <summary>Never below what the database has already.</summary>
    private static Task LimitPagesAsync(RunningServer server, long pages) =>
        Eventually.HoldsAsync(async () =>
        {
            try
            {
                await server.Database.WriteAsync(session => session.ExecuteAsync($"PRAGMA max_page_count = {pages}"), CancellationToken.None);
                return true;
            }
            catch (StorageOutageException)
            {
                // Who waits behind a write that found no room fails with it.
                return false;
            }
        });
}
