using System.Collections.Concurrent;

namespace Pushbell.Dispatch.Limits;

/// <summary>Counts in this process alone. Each request is remembered for a minute.</summary>
/// <param name="name">What is counted, for headers and sentences.</param>
/// <param name="most">At most so many.</param>
/// <param name="clock">Measures the minute.</param>
public sealed class OwnWindow(string name, int most, TimeProvider clock) : IRequestWindow
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<(long Organization, string Subject), Queue<long>> requests = new();
    private long sweptAt = clock.GetTimestamp();

    public ValueTask<RequestUse> CountAsync(long organization, string subject, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Count(organization, subject));

    public RequestUse Count(long organization, string subject)
    {
        var key = (organization, subject);
        var now = clock.GetTimestamp();
        Sweep(now);
        while (true)
        {
            var queue = requests.GetOrAdd(key, static _ => new Queue<long>());
            lock (queue)
            {
                // A queue that the sweep has just taken out would lose what is counted in it.
                if (requests.TryGetValue(key, out var kept) && kept == queue)
                {
                    return Count(queue, now);
                }
            }
        }
    }

    private RequestUse Count(Queue<long> queue, long now)
    {
        Forget(queue, now);
        if (queue.Count < most)
        {
            queue.Enqueue(now);
            return new RequestUse(name, most, most - queue.Count, Period - clock.GetElapsedTime(queue.Peek(), now), IsOver: false);
        }

        // The refused request takes the place of the oldest, so that a caller who never pauses never gets through again.
        queue.Dequeue();
        queue.Enqueue(now);
        return new RequestUse(name, most, 0, Period - clock.GetElapsedTime(queue.Peek(), now), IsOver: true);
    }

    /// <summary>Once a minute, whoever has not been heard of since is forgotten: addresses are many, and most come once.</summary>
    private void Sweep(long now)
    {
        var last = Interlocked.Read(ref sweptAt);
        if (clock.GetElapsedTime(last, now) < Period || Interlocked.CompareExchange(ref sweptAt, now, last) != last)
        {
            return;
        }

        foreach (var (key, queue) in requests)
        {
            lock (queue)
            {
                Forget(queue, now);
                if (queue.Count == 0)
                {
                    requests.TryRemove(KeyValuePair.Create(key, queue));
                }
            }
        }
    }

    private void Forget(Queue<long> queue, long now)
    {
        while (queue.TryPeek(out var oldest) && clock.GetElapsedTime(oldest, now) >= Period)
        {
            queue.Dequeue();
        }
    }
}
