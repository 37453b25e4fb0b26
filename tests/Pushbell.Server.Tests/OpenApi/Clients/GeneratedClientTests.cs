using System.Text.Json;
using Pushbell.Testing;

namespace Pushbell.Server.Tests.OpenApi.Clients;

/// <summary>Clients that generators make from our documents send notifications through both APIs.</summary>
public sealed class GeneratedClientTests : IAsyncLifetime
{
    private RunningServer server = null!;

    public async ValueTask InitializeAsync() => server = await RunningServer.StartAsync();

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public Task TypeScriptClient_Sending_ReachesTheGuest() => SendAsync(TypeScriptClient.SendAsync);

    [Fact]
    public Task CSharpClient_Sending_ReachesTheGuest() => SendAsync(CSharpClient.SendAsync);

    private async Task SendAsync(Func<RunningServer, Task<string>> sendAsync)
    {
        var guest = await server.RegisterAsync("guest@example.com");
        var other = await server.RegisterAsync("other@example.com");

        var said = await sendAsync(server);

        said.ReplaceLineEndings("\n").ShouldBe("v2 completed 1\nv1 1 0\n");
        other.Subscription.MessageCount.ShouldBe(0);
        guest.Subscription.Messages.Count.ShouldBe(2);
        var shown = guest.Subscription.Messages.Select(message => JsonElement.Parse(message.Text!).GetProperty("notification")).ToArray();
        shown.Select(notification => notification.GetProperty("title").GetString()).ShouldAllBe(title => title == "Typed");
        shown.Select(notification => notification.GetProperty("body").GetString()).ShouldBe(["By /v2", "By /v1"]);
        shown[0].GetProperty("data").GetProperty("order").GetInt32().ShouldBe(7);
        guest.Subscription.Messages[0].Urgency.ShouldBe("high");
    }
}
