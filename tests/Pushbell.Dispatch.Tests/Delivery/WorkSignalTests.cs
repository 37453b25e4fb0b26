using Pushbell.Dispatch.Delivery;
using Pushbell.Testing;

namespace Pushbell.Dispatch.Tests.Delivery;

public sealed class WorkSignalTests
{
    private readonly ManualTimeProvider clock = new();
    private readonly WorkSignal signal;

    public WorkSignalTests() => signal = new WorkSignal(clock);

    [Fact]
    public async Task Wait_RaisedBetweenLookingAndWaiting_IsNotMissed()
    {
        var next = signal.Next;

        signal.Raise();

        await signal.WaitAsync(next, CancellationToken.None);
    }

    [Fact]
    public async Task Wait_NothingRaised_EndsAfterASecond()
    {
        var waiting = signal.WaitAsync(signal.Next, CancellationToken.None);

        clock.Advance(TimeSpan.FromMilliseconds(999));
        waiting.IsCompleted.ShouldBeFalse();
        clock.Advance(TimeSpan.FromMilliseconds(1));

        await waiting;
    }

    [Fact]
    public async Task Raise_ManyWaiting_WakesAll()
    {
        var waiting = Enumerable.Range(0, 5).Select(_ => signal.WaitAsync(signal.Next, CancellationToken.None)).ToArray();

        signal.Raise();

        await Task.WhenAll(waiting);
        signal.WaitAsync(signal.Next, CancellationToken.None).IsCompleted.ShouldBeFalse("the next one waits anew");
    }

    [Fact]
    public async Task Wait_Stopped_IsCancelled()
    {
        using var stop = new CancellationTokenSource();
        var waiting = signal.WaitAsync(signal.Next, stop.Token);

        await stop.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => waiting);
    }
}
