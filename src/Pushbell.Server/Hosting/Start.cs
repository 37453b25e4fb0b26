using Pushbell.Dispatch.Organizations;
using Pushbell.WebPush;

namespace Pushbell.Server.Hosting;

/// <summary>
/// Fills an empty database and greets the operator, once the server listens: keys that are shown once must not be lost to a port that
/// is taken. Until then the process is not ready.
/// </summary>
internal sealed partial class Start(
    FirstStart firstStart,
    ServiceOrigins origins,
    PushbellSettings settings,
    OwnAddresses own,
    PushClient push,
    ILogger<Start> logger
) : IHostedLifecycleService
{
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        var keys = await firstStart.RunAsync(settings.Bootstrap.ToValues(), cancellationToken);
        if (keys is not null && settings.Bootstrap.AllowedOrigins.Count == 0)
        {
            // So that the demo page works at once: what this server itself serves may register.
            await origins.AddToAllAsync([.. own.ListeningOrigins], cancellationToken);
        }

        Log.Encryption(logger, push.EncryptedBy);
        Greeting.Write(Console.Out, own.Listening, keys, settings);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "messages are encrypted by {Path}")]
        public static partial void Encryption(ILogger logger, string path);
    }
}
