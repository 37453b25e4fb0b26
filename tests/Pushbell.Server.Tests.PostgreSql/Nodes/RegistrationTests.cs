using Pushbell.Server.Tests.Faults;
using Pushbell.Server.Tests.V2.Browser;

namespace Pushbell.Server.Tests.Nodes;

/// <summary>What registers at several nodes at the same moment is looked for by each and found by none: the database decides.</summary>
public sealed class RegistrationTests
{
    [Fact]
    public async Task Register_OneEndpointAtOnceAtThreeNodes_IsOneRegistration()
    {
        await using var nodes = await NodeSet.StartAsync();
        var body = new { subscription = PageCalls.Json(nodes.PushService.CreateSubscription()) };

        var replies = await NodeSet.AtOnceAsync(30, request => new PageCalls(nodes.Node(request)).RegisterAsync(body));

        replies.ShouldAllBe(reply => reply.Status == 201);
        replies.Select(reply => reply.Text("registration_id")).Distinct().ShouldHaveSingleItem();
        await ShouldCountAsync(nodes, 1);
    }

    [Fact]
    public async Task Register_TwentyOneDevicesOfOnePersonAtOnce_AreTwenty()
    {
        await using var nodes = await NodeSet.StartAsync();

        var replies = await NodeSet.AtOnceAsync(
            21,
            request =>
                new PageCalls(nodes.Node(request)).RegisterAsync(
                    new { subscription = PageCalls.Json(nodes.PushService.CreateSubscription()), user_email = "ann@example.com", user_id = "ann" }
                )
        );

        replies.Count(reply => reply.Status == 201).ShouldBe(20);
        replies.Single(reply => reply.Status != 201).Status.ShouldBe(403);
        await ShouldCountAsync(nodes, 20);
    }

    [Fact]
    public async Task RegisterAndUnregister_ByTurnsOverNodes_KeepTheCountExact()
    {
        await using var nodes = await NodeSet.StartAsync();
        var clients = await NodeSet.AtOnceAsync(30, request => nodes.Node(request).RegisterAsync(userId: $"{request}"));

        // The same one twice, at two nodes: it leaves once.
        var replies = await NodeSet.AtOnceAsync(40, request => nodes.Api(request).DeleteAsync("/clients/" + clients[request / 2].Id));

        replies.ShouldAllBe(reply => reply.Status == 200);
        await ShouldCountAsync(nodes, 10);
    }

    private static async Task ShouldCountAsync(NodeSet nodes, int active)
    {
        (await nodes.First.ValueAsync<int>("SELECT count(*) FROM registration WHERE status = 0")).ShouldBe(active);
        (await nodes.First.ValueAsync<int>("SELECT active_registrations FROM service")).ShouldBe(active);
    }
}
