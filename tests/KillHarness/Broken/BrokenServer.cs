using Microsoft.Extensions.DependencyInjection;
using Pushbell.Server.Hosting;
using Pushbell.WebPush;

namespace Pushbell.KillHarness.Broken;

/// <summary>The real server but for its push client, which acknowledges before it sends.</summary>
internal static class BrokenServer
{
    public const string Command = "serve-broken";

    public static async Task<int> RunAsync()
    {
        var clock = TimeProvider.System;
        await using var app = await ServerHost.BuildAsync(
            [],
            clock,
            services =>
                services.AddSingleton(provider => new PushClient(
                    provider.GetRequiredService<PushbellSettings>().PushServices.ToOptions(),
                    clock,
                    (options, guard) => new AcknowledgeBeforeSending(PushHandler.Create(options, guard), clock)
                ))
        );
        await app.RunAsync();
        return 0;
    }
}
