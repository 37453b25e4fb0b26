namespace Pushbell.Hosts.Tests.Networks;

/// <summary>An interruption. Nobody is told of it: frames get lost, as behind a router that has gone dark. Disposing it mends it.</summary>
internal sealed class Cut(Func<Task> mend) : IAsyncDisposable
{
    private bool mended;

    public async ValueTask DisposeAsync()
    {
        if (!mended)
        {
            mended = true;
            await mend();
        }
    }
}
