using Pushbell.Testing;

namespace Pushbell.Dispatch.Tests.Fixtures;

/// <summary>Lets a manual clock flow about as fast as the real one, where something waits a little while others work.</summary>
internal sealed class ClockFlow : IAsyncDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(5);
    private readonly CancellationTokenSource end = new();
    private readonly Task flowing;

    public ClockFlow(ManualTimeProvider clock) => flowing = Task.Run(() => FlowAsync(clock));

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        await flowing;
        end.Dispose();
    }

    private async Task FlowAsync(ManualTimeProvider clock)
    {
        while (!end.IsCancellationRequested)
        {
            await Task.Delay(Step, TimeProvider.System, CancellationToken.None);
            clock.Advance(Step);
        }
    }
}
