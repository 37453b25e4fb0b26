using System.Threading.Channels;
using Pushbell.Dispatch.Delivery;
using Pushbell.Dispatch.Notifications;
using Pushbell.Dispatch.Tests.Fixtures;

namespace Pushbell.Dispatch.Tests.Delivery;

/// <summary>A process stood still beyond its lease, with messages still to be sent, and goes on.</summary>
public sealed class StandstillTests : IAsyncLifetime
{
    private TestDispatch dispatch = null!;

    public async ValueTask InitializeAsync() => dispatch = await TestDispatch.StartAsync();

    public ValueTask DisposeAsync() => dispatch.DisposeAsync();

    [Fact]
    public async Task SendRound_BatchTakenOverMeanwhile_SendsNothing()
    {
        var (work, answers) = await StandStillAsync();
        (await dispatch.StartNode().NextAsync()).ShouldNotBeNull();

        await dispatch.Node.SendRound.RunAsync(work, answers.Writer, CancellationToken.None);

        dispatch.PushService.Counters.Posts.ShouldBe(0);
        answers.Reader.Count.ShouldBe(0);
    }

    [Fact]
    public async Task SendRound_BatchLeftAloneMeanwhile_IsHeldAgainAndSent()
    {
        var (work, answers) = await StandStillAsync();

        await dispatch.Node.SendRound.RunAsync(work, answers.Writer, CancellationToken.None);

        dispatch.PushService.Counters.Posts.ShouldBe(3);
        answers.Reader.Count.ShouldBe(3);
        (await dispatch.StartNode().NextAsync()).ShouldBeNull();
    }

    /// <summary>A batch of three that was claimed just before.</summary>
    private async Task<(BatchWork Work, Channel<Attempt> Answers)> StandStillAsync()
    {
        await dispatch.Seed.DevicesAsync(3);
        var key = (await dispatch.AcceptAsync(new Target.Everyone())).Lease!.Value;
        dispatch.Node.Leases.Take(key);
        var work = await dispatch.Database.ReadAsync(session => BatchWork.LoadAsync(session, key), CancellationToken.None);
        dispatch.Clock.Advance(dispatch.Node.Leases.Length);
        return (work!, Channel.CreateUnbounded<Attempt>());
    }
}
