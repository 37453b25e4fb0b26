using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Pushbell.Dispatch.Organizations;

namespace Pushbell.Server.Hosting;

/// <summary>
/// Fills an empty database and greets the operator, once the server listens: keys that are shown once must not be lost to a port that
/// is taken. Until then the process is not ready.
/// </summary>
internal sealed class Start(FirstStart firstStart, ServiceOrigins origins, PushbellSettings settings, IServer server) : IHostedLifecycleService
{
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        var keys = await firstStart.RunAsync(settings.Bootstrap.ToValues(), cancellationToken);
        var addresses = Addresses();
        if (keys is not null && settings.Bootstrap.AllowedOrigins.Count == 0)
        {
            // So that the demo page works at once: what this server itself serves may register.
            await origins.AddToAllAsync([.. addresses.SelectMany(Reachable)], cancellationToken);
        }

        Greeting.Write(Console.Out, addresses, keys, settings);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private List<Uri> Addresses() =>
        [
            .. server
                .Features.Get<IServerAddressesFeature>()!
                .Addresses.Select(address => new Uri(address.Replace("//+", "//localhost", StringComparison.Ordinal).Replace("//*", "//localhost", StringComparison.Ordinal))),
        ];

    /// <summary>A browser on this machine reaches a loopback or any-address listener by name and by number.</summary>
    private static IEnumerable<string> Reachable(Uri address) =>
        address.IsLoopback || address.Host is "0.0.0.0" or "[::]"
            ? [$"{address.Scheme}://localhost:{address.Port}", $"{address.Scheme}://127.0.0.1:{address.Port}"]
            : [address.GetLeftPart(UriPartial.Authority)];
}
