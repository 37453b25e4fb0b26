using System.Threading.Channels;
using Pushbell.Dispatch.Delivery;
using Pushbell.Dispatch.Notifications;
using Pushbell.Dispatch.Tests.Fixtures;

namespace Pushbell.Dispatch.Tests.Delivery;

/// <summary>When a group of answers is settled.</summary>
public sealed class AnswersTests : IAsyncLifetime
{
    private readonly Channel<Attempt> channel = Channel.CreateUnbounded<Attempt>();
    private TestDispatch dispatch = null!;

    public async ValueTask InitializeAsync() => dispatch = await TestDispatch.StartAsync();

    public ValueTask DisposeAsync() => dispatch.DisposeAsync();

    [Theory]
    [InlineData(3, 1, true)]
    [InlineData(4, 1, false)]
    [InlineData(7, 2, false)]
    [InlineData(6, 2, true)]
    public async Task ReadGroup_OthersWaitToBeSent_IsCompleteWithHalfAsManyAsAreUnderWay(int sent, int answered, bool isComplete)
    {
        var (work, answers) = await BeginAsync(devices: 10);
        await SendAsync(work, sent, answered);

        var reading = answers.ReadGroupAsync();

        reading.IsCompleted.ShouldBe(isComplete);
        dispatch.Clock.Advance(TimeSpan.FromMilliseconds(50));
        (await reading).ShouldBeTrue("after 50 ms what is there is settled");
        answers.Group.Count.ShouldBe(answered);
    }

    [Fact]
    public async Task ReadGroup_NobodyWaitsToBeSent_GathersTheRestOfTheRound()
    {
        var (work, answers) = await BeginAsync(devices: 4);
        await SendAsync(work, sent: 4, answered: 3);
        var reading = answers.ReadGroupAsync();
        reading.IsCompleted.ShouldBeFalse();

        await SendAsync(work, sent: 0, answered: 1);
        channel.Writer.Complete();

        (await reading).ShouldBeFalse("the round is over");
        answers.Group.Count.ShouldBe(4);
    }

    private async Task<(BatchWork Work, Answers Answers)> BeginAsync(int devices)
    {
        await dispatch.Seed.DevicesAsync(devices);
        var key = (await dispatch.AcceptAsync(new Target.Everyone())).Lease!.Value;
        var work = await dispatch.Database.ReadAsync(session => BatchWork.LoadAsync(session, key), CancellationToken.None);
        work!.Begins();
        return (work, new Answers(work, channel.Reader, dispatch.Clock));
    }

    private async Task SendAsync(BatchWork work, int sent, int answered)
    {
        for (var at = 0; at < sent; at++)
        {
            work.Departs();
        }

        for (var at = 0; at < answered; at++)
        {
            work.Arrives();
            await channel.Writer.WriteAsync(Attempt.Ended(at, DeliveryEnd.Accepted, DeliveryReason.None), CancellationToken.None);
        }
    }
}
