namespace Pushbell.Dispatch.Storage;

/// <summary>How transactions that write come to their turn.</summary>
internal abstract class Writing : IAsyncDisposable
{
    /// <summary>Makes what this process writes from now on known from what others write.</summary>
    /// <param name="node">What it is told apart by.</param>
    public virtual void Identify(int node) { }

    public abstract Task<T> RunAsync<T>(Func<Session, Task<T>> body, Func<T, bool> keep, CancellationToken cancellationToken);

    public abstract ValueTask DisposeAsync();
}
