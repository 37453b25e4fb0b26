namespace Pushbell.Simulation.Scheduling;

/// <summary>Something that a process can do next.</summary>
/// <param name="Callback">What.</param>
/// <param name="State">Handed to it.</param>
/// <param name="Context">
/// The process for its own continuations. Null for what reaches it from outside (a timer, an answer): completed without a context, a
/// task posts each continuation back to the context that awaits it, instead of running it at once.
/// </param>
internal readonly record struct WorkItem(SendOrPostCallback Callback, object? State, SynchronizationContext? Context)
{
    public void Run()
    {
        SynchronizationContext.SetSynchronizationContext(Context);
        try
        {
            Callback(State);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(null);
        }
    }
}
