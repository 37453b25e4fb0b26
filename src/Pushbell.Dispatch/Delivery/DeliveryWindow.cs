namespace Pushbell.Dispatch.Delivery;

/// <summary>
/// How many deliveries of this process may be sent and not yet settled; it bounds the extra copies that a killed process can cause.
/// A push service may fill the window only so far that a rest stays free for the others: one that hangs cannot stop them.
/// </summary>
internal sealed class DeliveryWindow : IDisposable
{
    // With a share of 7 one push service alone may hold 7/8 of the window, two of them 7/15 each, and so on: the dynamic thresholds
    // of shared-buffer switches (Choudhury and Hahne 1998).
    private const int Share = 7;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5), Glance = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private readonly List<OriginQueue> queues = [];
    private readonly OriginHealth health;
    private readonly TimeProvider clock;
    private readonly ITimer patience;
    private int free;

    public DeliveryWindow(DeliverySettings settings, OriginHealth health, TimeProvider clock)
    {
        (this.health, this.clock, free) = (health, clock, settings.Window);
        patience = clock.CreateTimer(_ => TurnAway(), null, Glance, Glance);
    }

    /// <summary>Waits for a place.</summary>
    /// <returns>Null when this push service has given back none of its places for five seconds: who waits is better put off.</returns>
    public async Task<Place?> EnterAsync(string origin, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var waiter = new TaskCompletionSource<Place?>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            QueueOf(origin).Waiting.AddLast(waiter);
            Admit();
        }

        if (waiter.Task.IsCompleted)
        {
            return await waiter.Task;
        }

        await using var giveUp = cancellationToken.UnsafeRegister(_ => Cancel(origin, waiter), null);
        return await waiter.Task;
    }

    public void Dispose() => patience.Dispose();

    internal void Leave(string origin)
    {
        lock (gate)
        {
            free++;
            var queue = QueueOf(origin);
            queue.Taken--;
            queue.LastLeft = clock.GetTimestamp();
            Admit();
        }
    }

    private void Cancel(string origin, TaskCompletionSource<Place?> waiter)
    {
        lock (gate)
        {
            // Not in the queue any more: it has been let in, and whoever waits gets the place after all.
            if (QueueOf(origin).Waiting.Remove(waiter))
            {
                waiter.TrySetCanceled(CancellationToken.None);
            }

            ForgetIdle();
        }
    }

    private void TurnAway()
    {
        lock (gate)
        {
            foreach (var queue in queues.Where(queue => clock.GetElapsedTime(queue.LastLeft) >= Patience))
            {
                foreach (var waiter in queue.Waiting)
                {
                    waiter.TrySetResult(null);
                }

                queue.Waiting.Clear();
            }

            ForgetIdle();
        }
    }

    /// <summary>Lets in whom there is room for, one of each push service in turn.</summary>
    private void Admit()
    {
        for (var admitted = true; admitted && free > 0;)
        {
            admitted = false;
            foreach (var queue in queues)
            {
                if (queue.Waiting.First is { } first && HasRoom(queue))
                {
                    queue.Waiting.RemoveFirst();
                    queue.Taken++;
                    free--;
                    first.Value.TrySetResult(new Place(this, queue.Origin));
                    admitted = true;
                }
            }
        }

        ForgetIdle();
    }

    // Of one that has stopped answering, a single message finds out whether it is back.
    private bool HasRoom(OriginQueue queue) =>
        free > 0 && (health.IsSuspect(queue.Origin) ? queue.Taken == 0 : queue.Taken < Share * free);

    private OriginQueue QueueOf(string origin)
    {
        var queue = queues.Find(queue => queue.Origin == origin);
        if (queue is null)
        {
            queues.Add(queue = new OriginQueue(origin) { LastLeft = clock.GetTimestamp() });
        }

        return queue;
    }

    private void ForgetIdle() => queues.RemoveAll(static queue => queue is { Taken: 0, Waiting.Count: 0 });

    private sealed class OriginQueue(string origin)
    {
        public string Origin => origin;

        public int Taken { get; set; }

        /// <summary>When a place was last given back.</summary>
        public long LastLeft { get; set; }

        public LinkedList<TaskCompletionSource<Place?>> Waiting { get; } = [];
    }
}

/// <summary>A place in the window, given back once what was sent is settled.</summary>
internal sealed class Place(DeliveryWindow window, string origin)
{
    public void Leave() => window.Leave(origin);
}
