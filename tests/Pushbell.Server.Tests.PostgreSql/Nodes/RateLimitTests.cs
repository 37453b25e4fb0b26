using System.Globalization;
using Pushbell.Server.Tests.V1;

namespace Pushbell.Server.Tests.Nodes;

/// <summary>Limits are counted for all nodes together, by the database's clock.</summary>
public sealed class RateLimitTests
{
    [Fact]
    public async Task Sends_TwoHundredAtOnceOverNodes_AreSixty()
    {
        await using var nodes = await NodeSet.StartAsync();

        var answers = await NodeSet.AtOnceAsync(200, request => nodes.Node(request).SendAsync("nobody@example.com"));

        answers.Count(answer => answer.Status == 404).ShouldBe(60, "let in, and nobody found");
        var refused = answers.Where(answer => answer.Status != 404).ToArray();
        refused.ShouldAllBe(answer => answer.Status == 429);
        refused.ShouldAllBe(answer => Seconds(answer.Header("Retry-After")) >= 1 && Seconds(answer.Header("Retry-After")) <= 60);
    }

    [Fact]
    public async Task Requests_OneNodeAfterTheOther_CountDownTogether()
    {
        await using var nodes = await NodeSet.StartAsync(settings: ("Pushbell:Limits:RequestsPerMinute", "8"));
        var remaining = new List<int>();

        for (var request = 0; request < 8; request++)
        {
            var reply = await nodes.Api(request).GetAsync("/quota");
            reply.Status.ShouldBe(200);
            remaining.Add(Remaining(reply.Header("RateLimit")));
        }

        remaining.ShouldBe([7, 6, 5, 4, 3, 2, 1, 0]);
        foreach (var api in Enumerable.Range(0, 3).Select(nodes.Api))
        {
            var refused = await api.GetAsync("/quota");
            (refused.Status, Remaining(refused.Header("RateLimit"))).ShouldBe((429, 0));
        }
    }

    private static int Seconds(string? header) => int.Parse(header.ShouldNotBeNull(), CultureInfo.InvariantCulture);

    /// <summary>The r of <c>"requests";r=7;t=60</c>.</summary>
    private static int Remaining(string? header) => Seconds(header!.Split(';')[1]["r=".Length..]);
}
