using Pushbell.LocalPushService.Faults;
using Pushbell.Testing;

namespace Pushbell.Server.Tests.V1;

/// <summary><see cref="Room.Ended"/> A delivery that must be retried keeps its credit held until it has ended.</summary>
public sealed class RetryTests : IAsyncLifetime
{
    private const string Person = "person@example.com";
    private static readonly ScriptedAnswer Overloaded = new() { Status = 503, RetryAfter = "20" };
    private readonly ManualTimeProvider clock = new();
    private RunningServer server = null!;

    public async ValueTask InitializeAsync() => server = await RunningServer.StartAsync(clock, ("Pushbell:Bootstrap:Credits", "5"));

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task Send_ThatIsAcceptedLater_SpendsItsHold()
    {
        var device = await server.SubscribeAsync(Person, Overloaded);

        (await server.SendAsync(Person)).ShouldBe(200, """{"sent":0,"failed":0,"credits":4}""");
        (await server.CreditsAsync()).ShouldBe((4, 1));

        await EventuallyAsync((4, 0));
        device.MessageCount.ShouldBe(1);
    }

    [Fact]
    public async Task Send_ThatIsGoneLater_ReturnsItsHold()
    {
        await server.SubscribeAsync(Person, Overloaded, new ScriptedAnswer { Status = 410 });

        (await server.SendAsync(Person)).ShouldBe(200, """{"sent":0,"failed":0,"credits":4}""");

        await EventuallyAsync((5, 0));
        (await server.SendAsync(Person)).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Send_WhoseTimeRunsOut_ReturnsItsHold()
    {
        var device = await server.SubscribeAsync(Person, Overloaded with { Repeat = true });
        (await server.SendAsync(Person)).ShouldBe(200, """{"sent":0,"failed":0,"credits":4}""");

        clock.Advance(TimeSpan.FromHours(24));

        // A day of every worker's glances goes by.
        await EventuallyAsync((5, 0), TimeSpan.FromMinutes(3));
        device.MessageCount.ShouldBe(0);
    }

    [Fact]
    public async Task Send_ToSomeoneWhoUnsubscribesMeanwhile_IsNotRepeated_AndReturnsItsHold()
    {
        var device = await server.SubscribeAsync(Person, Overloaded);
        (await server.SendAsync(Person)).ShouldBe(200, """{"sent":0,"failed":0,"credits":4}""");

        (await server.UnsubscribeAsync(Person)).ShouldBe(1);

        await EventuallyAsync((5, 0));
        device.MessageCount.ShouldBe(0);
    }

    [Fact]
    public async Task Send_WhileAnotherIsHeld_SeesWhatCanStillBeSpent()
    {
        await server.SubscribeAsync(Person, Overloaded);
        await server.SendAsync(Person);
        for (var more = 0; more < 4; more++)
        {
            await server.SubscribeAsync("other@example.com");
        }

        (await server.SubscribeAsync("other@example.com")).MessageCount.ShouldBe(0);
        (await server.SendAsync("other@example.com")).ShouldBe(
            402,
            Row.Error("Insufficient credits: 5 devices need 5, 4 left. Top up in the dashboard.")
        );
    }

    private Task EventuallyAsync((long? Available, long Held) credits, TimeSpan? patience = null) =>
        Eventually.HoldsAsync(async () => await server.CreditsAsync() == credits, clock, patience);
}
