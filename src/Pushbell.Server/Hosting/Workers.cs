using Pushbell.Dispatch.Delivery;

namespace Pushbell.Server.Hosting;

/// <summary>
/// The delivery workers of this process. They stop before the server does: readiness has turned 503 by then, nothing more is claimed, what
/// is on its way is finished and settled and the rest released, while requests are still answered.
/// </summary>
internal sealed partial class Workers(
    Worker worker,
    NodeSignal signal,
    Withdrawals withdrawals,
    Sweeper sweeper,
    Leases leases,
    TimeProvider clock,
    IHostApplicationLifetime lifetime,
    ILogger<Workers> logger
) : IHostedLifecycleService, IDisposable
{
    // An attempt takes 15 s at most, and the whole stop 25 s.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20), Glance = TimeSpan.FromMilliseconds(20);

    private readonly CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(lifetime.ApplicationStopping);
    private Task working = Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var stopping = stop.Token;
        working = Task.WhenAll(worker.RunAsync(stopping), signal.RunAsync(stopping), withdrawals.RunAsync(stopping), sweeper.RunAsync(stopping));
        return Task.CompletedTask;
    }

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        // A host that is stopped by its own code comes here before it says that it stops.
        await stop.CancelAsync();
        var since = clock.GetTimestamp();
        // Requests that are being delivered hold leases, too.
        while ((!working.IsCompleted || leases.Count > 0) && clock.GetElapsedTime(since) < Patience && !cancellationToken.IsCancellationRequested)
        {
            await Task.Delay(Glance, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        Log.Stopped(logger, leases.Count);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => stop.Dispose();

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "delivery has stopped; {Count} batches are left to lapse")]
        public static partial void Stopped(ILogger logger, int count);
    }
}
