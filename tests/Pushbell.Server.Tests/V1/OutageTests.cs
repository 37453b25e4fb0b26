using Pushbell.Testing;

namespace Pushbell.Server.Tests.V1;

/// <summary><see cref="Page.ServerError"/></summary>
public sealed class OutageTests
{
    private const string Person = "person@example.com";

    [Fact]
    public async Task Send_WhileTheDatabaseIsLocked_Is503_AndNeitherSentNorCharged()
    {
        await using var server = await RunningServer.StartAsync(settings: ("Pushbell:Bootstrap:Credits", "3"));
        var device = await server.SubscribeAsync(Person);
        await using (await server.Storage.LockAsync())
        {
            var refused = await server.SendAsync(Person);

            refused.ShouldBe(503, Row.Error("Push service temporarily unavailable; nothing was sent and nothing charged. Try again."));
            refused.Header("Retry-After").ShouldBe("5");
        }

        device.MessageCount.ShouldBe(0);
        (await server.CreditsAsync()).ShouldBe((3, 0));
        (await server.SendAsync(Person)).ShouldBe(200, """{"sent":1,"failed":0,"credits":2}""");
    }
}
