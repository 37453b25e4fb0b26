using Pushbell.Server.Tests.Faults;
using Pushbell.Server.Tests.V1;
using Pushbell.Testing.Postgres;

namespace Pushbell.Server.Tests.Nodes;

/// <summary>
/// Three nodes behind a pgbouncer in transaction mode, which shares eight sessions among them: every transaction meets another session,
/// and every session another transaction. Only wake-ups are lost.
/// </summary>
public sealed class PoolerTests : IAsyncLifetime
{
    private const string Person = "person@example.com";

    private PrivatePooler pooler = null!;
    private PostgresTestDatabase storage = null!;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(PostgresPrograms.Folder is null, PostgresPrograms.Missing);
        Assert.SkipWhen(PrivatePooler.Program is null, PrivatePooler.Missing);
        var server = await PrivatePostgres.OfThisProcessAsync();
        pooler = await PrivatePooler.StartAsync(server);
        storage = await PostgresTestDatabase.OnAsync(server);
    }

    public ValueTask DisposeAsync() => pooler?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public async Task Start_OnAnEmptyDatabase_ThreeAtOnce_FillItOnce()
    {
        await using var nodes = await StartAsync(0);

        await nodes.AddAtOnceAsync(3);

        (await nodes.First.ValueAsync<int>("SELECT count(*) FROM organization")).ShouldBe(1);
        nodes.All.Select(node => node.Database.NodeNumber).Distinct().Count().ShouldBe(3);
    }

    [Fact]
    public async Task Sends_AHundredAtOnce_SpendSevenCreditsAndNoMore()
    {
        await using var nodes = await StartAsync(3, ("Pushbell:Bootstrap:Credits", "7"), ("Pushbell:Limits:SendsPerMinute", "100000"));
        var device = await nodes.First.RegisterAsync(Person);

        var answers = await NodeSet.AtOnceAsync(100, request => nodes.Node(request).SendAsync(Person));

        answers.Count(answer => answer.Status == 200).ShouldBe(7);
        answers.Count(answer => answer.Status == 402).ShouldBe(93);
        device.Subscription.MessageCount.ShouldBe(7);
        (await nodes.First.CreditsAsync()).ShouldBe((0, 0));
    }

    [Fact]
    public async Task Sends_TwoHundredAtOnce_AreSixtyByTheLimit()
    {
        await using var nodes = await StartAsync(3);

        var answers = await NodeSet.AtOnceAsync(200, request => nodes.Node(request).SendAsync("nobody@example.com"));

        answers.Count(answer => answer.Status == 404).ShouldBe(60);
        answers.Count(answer => answer.Status == 429).ShouldBe(140);
    }

    [Fact]
    public async Task Sends_FiftyAlikeAtOnce_AreOne()
    {
        await using var nodes = await StartAsync(3);
        var ann = await nodes.First.RegisterAsync();

        var replies = await NodeSet.AtOnceAsync(50, request => nodes.Api(request).SendOnceAsync("key-1", [ann]));

        replies.ShouldAllBe(reply => reply.Status == 200 || reply.Status == 409);
        // One that comes before the first answer is kept is told how things stand by then.
        replies.Where(reply => reply.Status == 200).Select(reply => reply.Text("request_id")).Distinct().ShouldHaveSingleItem();
        ann.Subscription.MessageCount.ShouldBe(1);
    }

    [Fact]
    public async Task Broadcast_AtANodeThatOnlyTakesRequests_IsDeliveredByOthers_ThoughNobodyCallsThem()
    {
        await using var nodes = await StartAsync(0);
        await nodes.AddAsync(("Pushbell:Role", "api"));
        await nodes.AddAsync(("Pushbell:Role", "worker"));
        await nodes.AddAsync(("Pushbell:Role", "worker"));
        var crowd = await nodes.First.RegisterCrowdAsync(1_500);

        var sent = await nodes.Api(0).PostAsync("/broadcast", new { title = "T", body = "B" });

        (await nodes.Api(0).CompletedAsync(sent.Text("request_id")!)).Number("successful_sends").ShouldBe(1_500);
        crowd.ShouldAllBe(browser => browser.MessageCount == 1);
    }

    /// <summary>Nodes that know the database by the pooler's address alone.</summary>
    private Task<NodeSet> StartAsync(int count, params IEnumerable<(string, string)> settings) =>
        NodeSet.StartOnAsync(storage, count, clock: null, settings.Prepend(("ConnectionStrings:Pushbell", pooler.ConnectionStringOf(storage.Name))));
}
