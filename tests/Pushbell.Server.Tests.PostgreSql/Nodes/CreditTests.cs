using Microsoft.Extensions.DependencyInjection;
using Pushbell.Dispatch.Organizations;
using Pushbell.Server.Tests.V1;

namespace Pushbell.Server.Tests.Nodes;

/// <summary>"Never negative, never over-debited, whatever runs at once": credits are looked at and taken in one statement.</summary>
public sealed class CreditTests
{
    private const string Person = "person@example.com";

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public async Task Sends_AHundredAtOnce_OverNodesAndBothApis_SpendWhatThereIsAndNoMore(int credits)
    {
        await using var nodes = await NodeSet.StartAsync(
            settings: [("Pushbell:Bootstrap:Credits", $"{credits}"), ("Pushbell:Limits:SendsPerMinute", "100000")]
        );
        var device = await nodes.First.RegisterAsync(Person);

        // Each node gets both: neither three nodes nor two APIs divide a hundred evenly.
        var statuses = await NodeSet.AtOnceAsync(
            100,
            async request =>
                request % 2 == 0
                    ? (await nodes.Node(request).SendAsync(Person)).Status
                    : (await nodes.Api(request).SendAsync([device])).Status
        );

        statuses.Count(status => status == 200).ShouldBe(credits);
        statuses.Count(status => status == 402).ShouldBe(100 - credits);
        device.Subscription.MessageCount.ShouldBe(credits);
        await ShouldHaveSpentAsync(nodes, credits);
    }

    private static async Task ShouldHaveSpentAsync(NodeSet nodes, int credits)
    {
        var caller = await nodes.First.CallerAsync();
        var statement = await nodes
            .First.Services.GetRequiredService<CreditQueries>()
            .StatementAsync(caller.OrganizationId, limit: 1_000, CancellationToken.None);
        statement.Totals.ShouldBe(new CreditTotals { Available = 0, Held = 0, Spent = credits, ToppedUp = credits });
        statement.Movements.Count(movement => movement.Kind == "hold").ShouldBe(credits);
        statement.Movements.ShouldAllBe(movement => movement.AvailableAfter >= 0 && movement.HeldAfter >= 0);
    }
}
