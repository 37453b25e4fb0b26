namespace Pushbell.Dispatch.Delivery;

/// <summary>
/// How many deliveries of this process may be sent and not yet settled. It bounds the extra copies that a killed process can cause.
/// </summary>
public sealed class DeliveryWindow(DeliverySettings settings) : IDisposable
{
    private readonly SemaphoreSlim free = new(settings.Window, settings.Window);

    public Task EnterAsync(CancellationToken cancellationToken) => free.WaitAsync(cancellationToken);

    public void Leave(int count)
    {
        if (count > 0)
        {
            free.Release(count);
        }
    }

    public void Dispose() => free.Dispose();
}
