namespace Pushbell.Dispatch.Delivery;

/// <summary>Wakes idle workers of this process. A hint only: they look by themselves every second.</summary>
public sealed class WorkSignal(TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private TaskCompletionSource pulse = NewPulse();

    public void Raise() => Interlocked.Exchange(ref pulse, NewPulse()).TrySetResult();

    /// <summary>Read before looking for work, so that what is raised meanwhile is not missed.</summary>
    public Task Next => Volatile.Read(ref pulse).Task;

    public async Task WaitAsync(Task next, CancellationToken cancellationToken)
    {
        try
        {
            await next.WaitAsync(Patience, clock, cancellationToken);
        }
        catch (TimeoutException)
        {
            // Time to look for oneself.
        }

        // Whoever raised the signal goes on with what it was doing; the work is not for its thread.
        await Task.Yield();
    }

    private static TaskCompletionSource NewPulse() => new();
}
