using Pushbell.LocalPushService.Faults;
using Pushbell.Server.Tests.V2.Stories;
using Pushbell.Testing;

namespace Pushbell.Server.Tests.Faults;

/// <summary>A push service asks for a pause, sensibly or not (RFC 9110 §10.2.3).</summary>
public sealed class RetryAfterTests
{
    // The clock of a test starts on Thursday, 15 January 2026, at 14:30:00.
    [Theory]
    [InlineData(429, "120", 120)]
    [InlineData(503, "120", 120)]
    [InlineData(406, "7", 7)]
    [InlineData(429, "0", 1)]
    [InlineData(503, "Thu, 15 Jan 2026 14:35:00 GMT", 300)]
    [InlineData(429, "Thu, 15 Jan 2026 14:29:00 GMT", 60)]
    [InlineData(429, "Sun, 17 Jan 2027 14:30:00 GMT", 60)]
    [InlineData(429, "-5", 60)]
    [InlineData(429, "86401", 60)]
    [InlineData(503, "99999999999999999999", 60)]
    [InlineData(429, "soon", 60)]
    [InlineData(503, "1.5", 60)]
    public async Task Send_AskedToComeBackLater_ComesBackThenAndNotBefore(int status, string retryAfter, int seconds)
    {
        var clock = new ManualTimeProvider();
        await using var server = await RunningServer.StartAsync(clock);
        var (api, ann) = (new Api(server), await server.RegisterAsync());
        ann.Subscription.Script(new ScriptedAnswer { Status = status, RetryAfter = retryAfter });
        var start = clock.GetUtcNow();

        var sent = await api.SendAsync([ann], ("ttl", 200_000));
        (sent.Status, sent.Text("status")).ShouldBe((200, "processing"));
        clock.Advance(TimeSpan.FromSeconds(seconds - 0.5));
        var completed = await api.CompletedAsync(sent.Text("request_id")!, clock);

        completed.Number("successful_sends").ShouldBe(1);
        var message = ann.Subscription.Messages.ShouldHaveSingleItem();
        (message.ReceivedAt - start).ShouldBeInRange(TimeSpan.FromSeconds(seconds), TimeSpan.FromSeconds(seconds + 15));
        server.PushService.Counters.Posts.ShouldBe(2);
    }
}
