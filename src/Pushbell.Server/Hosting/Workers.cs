using Pushbell.Dispatch.Delivery;

namespace Pushbell.Server.Hosting;

/// <summary>The delivery workers of this process.</summary>
internal sealed class Workers(Worker worker) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => worker.RunAsync(stoppingToken);
}
