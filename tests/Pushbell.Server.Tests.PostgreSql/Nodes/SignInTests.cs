using Pushbell.Server.Tests.Management;

namespace Pushbell.Server.Tests.Nodes;

/// <summary>Whoever tries at one node and then at another has tried as often; whoever signed in at one is signed in at all.</summary>
public sealed class SignInTests
{
    private static readonly (string, string)[] Owner =
    [
        ("Pushbell:Bootstrap:OwnerEmail", ManagedServer.OwnerEmail),
        ("Pushbell:Bootstrap:OwnerPassword", ManagedServer.Password),
    ];

    [Fact]
    public async Task WrongSignIns_AtSeveralNodes_CountTogether()
    {
        await using var nodes = await NodeSet.StartAsync(settings: Owner);
        using var here = Manage.Nobody(nodes.Node(0));
        using var there = Manage.Nobody(nodes.Node(1));

        var replies = await Task.WhenAll(
            Enumerable.Range(0, 12).Select(attempt => (attempt % 2 == 0 ? here : there).SignInAsync(ManagedServer.OwnerEmail, "wrong horse battery"))
        );

        replies.Count(reply => reply.Status == 401).ShouldBe(5);
        replies.Count(reply => reply.Status == 429).ShouldBe(7);
    }

    [Fact]
    public async Task Session_OfOneNode_HoldsAtAnother_AndEndsThere()
    {
        await using var nodes = await NodeSet.StartAsync(settings: Owner);
        using var here = await Manage.SignedInAsync(nodes.Node(0), ManagedServer.OwnerEmail, ManagedServer.Password);
        using var there = Manage.Nobody(nodes.Node(1));
        (there.Cookie, there.CsrfToken) = (here.Cookie, here.CsrfToken);

        (await there.GetAsync("/session")).Status.ShouldBe(200);
        (await there.DeleteAsync("/session")).Status.ShouldBe(204);
        (await here.GetAsync("/session")).Status.ShouldBe(401);
    }
}
