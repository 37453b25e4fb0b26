using Pushbell.Hosts.Tests.Networks;
using Pushbell.Hosts.Tests.Sites;
using Pushbell.Testing;

namespace Pushbell.Hosts.Tests;

/// <summary>A node loses everybody, its caller too, while a send is in its request. The caller asks another node with the same key.</summary>
public sealed class SendCutOffTests(SharedSite shared) : HostsTest(shared)
{
    // The most that is delivered within the request.
    private const int Targets = 100;

    // After the node is back, whatever it has to say to its first caller.
    private static readonly TimeSpan LateAnswer = TimeSpan.FromSeconds(5);

    private string Key { get; } = Guid.NewGuid().ToString();

    private string[] Recipients => [.. Site.Registered.Keys.Take(Targets)];

    [Fact]
    public async Task Send_CutOffBeforeItIsAccepted_IsOneSendOfAnotherNode()
    {
        var (lost, other) = (Site.Nodes[0], Site.Nodes[1]);
        using var hangUp = new CancellationTokenSource();
        Task<Answer> first;
        Cut cut;
        await using (var held = await Site.Database.HoldCreditsAsync())
        {
            first = lost.SendAsync(To(Recipients), Key, hangUp.Token);
            (await held.NextAsync()).ShouldBe(lost.Host.Address);
            cut = await Site.Network.UnplugAsync(lost.Host);
        }

        await IsOneSendAsync(lost, other, cut, first, hangUp);
    }

    [Fact]
    public async Task Send_CutOffWhileItIsDelivered_IsFinishedByAnotherNode()
    {
        var (lost, other) = (Site.Nodes[0], Site.Nodes[1]);
        using var hangUp = new CancellationTokenSource();
        var taken = await Site.PushService.TakenAsync();
        var first = lost.SendAsync(To(Recipients), Key, hangUp.Token);
        await Eventually.HoldsAsync(async () => await Site.PushService.TakenAsync() > taken);
        await IsOneSendAsync(lost, other, await Site.Network.UnplugAsync(lost.Host), first, hangUp);
    }

    private async Task IsOneSendAsync(Node lost, Node other, Cut cut, Task<Answer> first, CancellationTokenSource hangUp)
    {
        string request;
        await using (cut)
        {
            request = (await other.InsistAsync(To(Recipients), Key)).RequestId;
            await other.CompletedAsync(request);
            (await Books.SendsAsync()).ShouldBe(1);
        }

        hangUp.CancelAfter(LateAnswer);
        if (await first is { Status: 200 } answer)
        {
            answer.RequestId.ShouldBe(request);
        }

        (await Books.SendsAsync()).ShouldBe(1, "one key is one send");
        await WorksAsync(lost);
        await Books.AgreeAsync(request, Recipients, mostExtra: Node.Window);
    }
}
