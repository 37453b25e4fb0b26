using Microsoft.Extensions.DependencyInjection;
using Pushbell.Dispatch.Storage;
using Pushbell.Testing;

namespace Pushbell.Server.Tests.V1;

public sealed class ServiceTests
{
    [Theory]
    [InlineData("UPDATE service SET is_active = 0")]
    [InlineData("UPDATE service SET notifications_enabled = 0")]
    public async Task EveryRoute_OfAServiceThatIsSwitchedOff_Is403(string off)
    {
        await using var server = await RunningServer.StartAsync();
        await server
            .Services.GetRequiredService<Database>()
            .WriteAsync(session => session.ExecuteAsync(off), CancellationToken.None);

        foreach (var path in new[] { "/send", "/subscribe", "/unsubscribe" })
        {
            (await server.AskAsync(new V1Request(path, "{}"))).ShouldBe(
                403,
                Row.Error("Push notifications are switched off for this service.")
            );
        }
    }
}
