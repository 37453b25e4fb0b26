namespace Pushbell.Dispatch.Delivery;

/// <summary>
/// How many deliveries of this process may be sent and not yet settled. It bounds the extra copies that a killed process can cause.
/// First come, first served.
/// </summary>
public sealed class DeliveryWindow(DeliverySettings settings)
{
    private readonly Lock gate = new();
    private readonly LinkedList<TaskCompletionSource> waiting = [];
    private int free = settings.Window;

    public async Task EnterAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (Queue() is not { } place)
        {
            return;
        }

        await using var _ = cancellationToken.UnsafeRegister(_ => Abandon(place, cancellationToken), null);
        await place.Value.Task;
    }

    public void Leave(int count)
    {
        lock (gate)
        {
            for (free += count; free > 0 && waiting.First is { } next; free--)
            {
                waiting.Remove(next);
                next.Value.SetResult();
            }
        }
    }

    /// <returns>Null when there is room at once.</returns>
    private LinkedListNode<TaskCompletionSource>? Queue()
    {
        lock (gate)
        {
            if (free > 0)
            {
                free--;
                return null;
            }

            return waiting.AddLast(new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }
    }

    private void Abandon(LinkedListNode<TaskCompletionSource> place, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (place.List is not null)
            {
                waiting.Remove(place);
                place.Value.SetCanceled(cancellationToken);
            }
        }
    }
}
