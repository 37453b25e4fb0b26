namespace Pushbell.LocalPushService;

/// <summary>The life of a connection on which both sides speak when they like.</summary>
internal static class BothWays
{
    /// <summary>Runs both until one ends, ends the other and returns, or throws what ended the first.</summary>
    public static async Task RunAsync(
        Func<CancellationToken, Task> listen, Func<CancellationToken, Task> deliver, CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task[] both = [listen(end.Token), deliver(end.Token)];
        var first = await Task.WhenAny(both);
        await end.CancelAsync();

        // The second ends because of the first: its complaint says nothing.
        await Task.WhenAll(both).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await first;
    }
}
