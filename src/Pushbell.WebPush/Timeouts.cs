using System.Collections.Concurrent;

namespace Pushbell.WebPush;

/// <summary>Time-outs of one length, used again and again: a timer for each message would be made, queued and thrown away.</summary>
internal sealed class Timeouts(TimeSpan length, TimeProvider clock)
{
    private readonly ConcurrentBag<CancellationTokenSource> idle = [];

    /// <summary>Begins to run; goes back with <see cref="Stop"/>.</summary>
    public CancellationTokenSource Start()
    {
        if (!idle.TryTake(out var timeout))
        {
            return new CancellationTokenSource(length, clock);
        }

        timeout.CancelAfter(length);
        return timeout;
    }

    public void Stop(CancellationTokenSource timeout)
    {
        // Not one that has fired, nor one by another clock than the system's.
        if (timeout.TryReset())
        {
            idle.Add(timeout);
        }
        else
        {
            timeout.Dispose();
        }
    }
}
