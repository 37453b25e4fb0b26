using Npgsql;
using Pushbell.Server.Tests.Faults;
using Pushbell.Server.Tests.V2.Stories;
using Pushbell.Testing;
using Pushbell.Testing.Postgres;

namespace Pushbell.Server.Tests.Nodes;

/// <summary>The database crashes and comes back under nodes that serve: they need no restart, and what they have promised is kept.</summary>
public sealed class RestartTests : IAsyncLifetime
{
    private PrivatePostgres server = null!;
    private NodeSet nodes = null!;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(PostgresPrograms.Folder is null, PostgresPrograms.Missing);
        server = await PrivatePostgres.StartAsync(("fsync", "on"), ("synchronous_commit", "on"), ("full_page_writes", "on"));
        nodes = await NodeSet.StartOnAsync(await PostgresTestDatabase.OnAsync(server), 3, clock: null, ("Logging:LogLevel:Default", "None"));
    }

    public async ValueTask DisposeAsync()
    {
        if (nodes is not null)
        {
            await nodes.DisposeAsync();
        }

        if (server is not null)
        {
            await server.DisposeAsync();
        }
    }

    [Fact]
    public async Task Database_Restarts_WhileNodesServe_EachSendIsAcceptedOrUnavailable_AndNoneIsLost()
    {
        var crowd = await nodes.First.RegisterCrowdAsync(1_200);
        var people = await NodeSet.AtOnceAsync(3, request => nodes.Node(request).RegisterAsync());
        var broadcast = await nodes.Api(0).PostAsync("/broadcast", new { title = "T", body = "B" });
        using var enough = new CancellationTokenSource();
        var callers = people.Select((person, at) => SendAllTheTimeAsync(at, person, enough.Token)).ToArray();
        await Eventually.HoldsAsync(() => Task.FromResult(crowd.Any(browser => browser.MessageCount > 0)));

        await server.RestartImmediateAsync();
        NpgsqlConnection.ClearAllPools();
        await server.RestartImmediateAsync();

        foreach (var request in Enumerable.Range(0, 3))
        {
            await Eventually.HoldsAsync(async () => (await nodes.Api(request).SendAsync([people[request]])).Status == 200);
        }

        await enough.CancelAsync();
        var accepted = new List<Reply>();
        foreach (var replies in await Task.WhenAll(callers))
        {
            replies.ShouldAllBe(reply => reply.Status == 200 || reply.Status == 503, "whatever happens, it is one of the two");
            accepted.AddRange(replies.Where(reply => reply.Status == 200));
        }

        accepted.ShouldNotBeEmpty();
        await ShouldBeThroughAsync(accepted.Append(broadcast));
        crowd.ShouldAllBe(browser => browser.MessageCount >= 1);
    }

    private async Task ShouldBeThroughAsync(IEnumerable<Reply> accepted)
    {
        foreach (var (at, reply) in accepted.Index())
        {
            var completed = await nodes.Api(at).CompletedAsync(reply.Text("request_id")!);
            completed.Number("successful_sends").ShouldBe(completed.Number("total_targets"));
        }
    }

    private async Task<List<Reply>> SendAllTheTimeAsync(int node, RegisteredClient person, CancellationToken enough)
    {
        var replies = new List<Reply>();
        while (!enough.IsCancellationRequested)
        {
            replies.Add(await nodes.Api(node).SendAsync([person]));
        }

        return replies;
    }
}
