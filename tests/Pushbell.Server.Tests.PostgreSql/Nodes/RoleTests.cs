using Dapper;
using Pushbell.Server.Tests.Faults;
using Pushbell.Testing;

namespace Pushbell.Server.Tests.Nodes;

/// <summary>Nodes that take requests and nodes that deliver. The worker's clock stands still here: it never looks for work by itself.</summary>
public sealed class RoleTests : IAsyncLifetime
{
    private static readonly (string, string)[] TakesRequests = [("Pushbell:Role", "api")], Delivers = [("Pushbell:Role", "worker")];

    // Ahead of the database's, by which the work is due at once; well within the TTL.
    private readonly ManualTimeProvider clock = new(TimeProvider.System.GetUtcNow().AddMinutes(1));
    private NodeSet nodes = null!;
    private RunningServer worker = null!;

    public async ValueTask InitializeAsync()
    {
        nodes = await NodeSet.StartOnAsync(await TestDatabase.CreateAsync(), 0);
        await nodes.AddAsync(TakesRequests);
        worker = await nodes.AddAsync(clock, Delivers);
        await Eventually.HoldsAsync(async () => await ListenersAsync() == 1);
    }

    public ValueTask DisposeAsync() => nodes?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public async Task Broadcast_AtTheOne_WakesTheOther()
    {
        var crowd = await nodes.First.RegisterCrowdAsync(120);

        // Its first look may find the first of them; from then on it sleeps between two, and only a call wakes it.
        for (var broadcast = 1; broadcast <= 4; broadcast++)
        {
            (await BroadcastAsync()).Number("successful_sends").ShouldBe(120);
            crowd.ShouldAllBe(browser => browser.MessageCount == broadcast);
        }
    }

    [Fact]
    public async Task Broadcast_TheWorkerIsDeaf_IsFoundWithinASecondOfItsClock()
    {
        await nodes.First.RegisterCrowdAsync(120);
        await BroadcastAsync();
        await using (var connection = await nodes.Storage.ConnectAsync())
        {
            await connection.ExecuteAsync($"SELECT pg_terminate_backend(pid) {Listeners}");
        }

        await Eventually.HoldsAsync(async () => await ListenersAsync() == 0);
        var request = await AcceptAsync();
        clock.Advance(TimeSpan.FromSeconds(1));

        (await nodes.Api(0).CompletedAsync(request)).Number("successful_sends").ShouldBe(120);
    }

    [Fact]
    public async Task Listener_ThatWasCutOff_ListensAgain()
    {
        await nodes.First.RegisterCrowdAsync(120);
        await using (var connection = await nodes.Storage.ConnectAsync())
        {
            await connection.ExecuteAsync($"SELECT pg_terminate_backend(pid) {Listeners}");
        }

        await Eventually.HoldsAsync(async () => await ListenersAsync() == 0);
        await Eventually.HoldsAsync(async () => await ListenersAsync() == 1, clock);

        await BroadcastAsync();
        (await BroadcastAsync()).Number("successful_sends").ShouldBe(120);
    }

    [Fact]
    public async Task Worker_AnswersNothingButItsHealth()
    {
        (await worker.Http.GetStringAsync(new Uri("/health/ready", UriKind.Relative))).ShouldBe("ready");
        (await nodes.Api(1).GetAsync("/quota")).Status.ShouldBe(404);
    }

    private const string Listeners = "FROM pg_stat_activity WHERE datname = current_database() AND query ILIKE 'LISTEN %'";

    private async Task<string> AcceptAsync()
    {
        var reply = await nodes.Api(0).PostAsync("/broadcast", new { title = "T", body = "B" });
        reply.Text("status").ShouldBe("queued");
        return reply.Text("request_id")!;
    }

    private async Task<V2.Stories.Reply> BroadcastAsync() => await nodes.Api(0).CompletedAsync(await AcceptAsync());

    private async Task<int> ListenersAsync()
    {
        await using var connection = await nodes.Storage.ConnectAsync();
        return await connection.ExecuteScalarAsync<int>($"SELECT count(*) {Listeners}");
    }
}
