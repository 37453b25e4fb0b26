using Pushbell.LocalPushService.Faults;
using Pushbell.Testing;

namespace Pushbell.Server.Tests.V1;

/// <summary>
/// <see cref="Page.OneCredit"/> <see cref="Page.FailedIsFree"/> <see cref="Page.NoCredits"/> And <see cref="Page.Credits"/>: what can
/// still be spent.
/// </summary>
public sealed class CreditTests
{
    private const string Person = "person@example.com";

    [Fact]
    public async Task Send_ToTwoDevices_AnswersAsOnThePage()
    {
        await using var server = await StartAsync(credits: 10_000);
        await server.SubscribeAsync(Person);
        await server.SubscribeAsync(Person);

        (await server.SendAsync(Person)).ShouldBe(200, """{"sent":2,"failed":0,"credits":9998}""");
        (await server.CreditsAsync()).ShouldBe((9998, 0));
    }

    [Fact]
    public async Task Send_ToDevicesThatAreGone_IsNotCharged_AndTheNextFindsNobody()
    {
        await using var server = await StartAsync(credits: 2);
        await server.SubscribeAsync(Person, new ScriptedAnswer { Status = 410 });
        await server.SubscribeAsync(Person, new ScriptedAnswer { Status = 404 });

        (await server.SendAsync(Person)).ShouldBe(200, """{"sent":0,"failed":2,"credits":2}""");
        (await server.CreditsAsync()).ShouldBe((2, 0));
        (await server.SendAsync(Person)).ShouldBe(404, Row.Error("No active subscriptions found for this email."));
    }

    [Fact]
    public async Task Send_WithFewerCreditsThanDevices_SendsToNone_AndNamesBoth()
    {
        await using var server = await StartAsync(credits: 1);
        var devices = new[] { await server.SubscribeAsync(Person), await server.SubscribeAsync(Person) };

        (await server.SendAsync(Person)).ShouldBe(
            402,
            Row.Error("Insufficient credits: 2 devices need 2, 1 left. Top up in the dashboard.")
        );
        devices.ShouldAllBe(device => device.MessageCount == 0);
        (await server.CreditsAsync()).ShouldBe((1, 0));
    }

    [Fact]
    public async Task Send_WithoutCredits_IsRefused()
    {
        await using var server = await StartAsync(credits: 1);
        await server.SubscribeAsync(Person);

        (await server.SendAsync(Person)).ShouldBe(200, """{"sent":1,"failed":0,"credits":0}""");
        (await server.SendAsync(Person)).ShouldBe(
            402,
            Row.Error("Insufficient credits: 1 device needs 1, 0 left. Top up in the dashboard.")
        );
    }

    [Fact]
    public async Task Send_WithAServiceKey_SkipsTheCheck_AndCostsNothing()
    {
        await using var server = await StartAsync(credits: 0);
        var device = await server.SubscribeAsync(Person);
        var key = await server.AddKeyAsync(isService: true);

        (await server.SendAsync(Person, key)).ShouldBe(200, """{"sent":1,"failed":0,"credits":0}""");
        device.MessageCount.ShouldBe(1);
        (await server.CreditsAsync()).ShouldBe((0, 0));
    }

    [Fact]
    public async Task Send_AHundredAtOnceWithOneCredit_SendsExactlyOne()
    {
        await using var server = await StartAsync(credits: 1);
        var device = await server.SubscribeAsync(Person);

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => server.SendAsync(Person)));

        answers.Count(answer => answer.Status == 200).ShouldBe(1);
        answers.Count(answer => answer.Status == 402).ShouldBe(99);
        device.MessageCount.ShouldBe(1);
        (await server.CreditsAsync()).ShouldBe((0, 0));
    }

    [Fact]
    public async Task Send_ThePushServiceRefuses_IsNotCharged()
    {
        await using var server = await StartAsync(credits: 1);
        await server.SubscribeAsync(Person, new ScriptedAnswer { Status = 400 });

        (await server.SendAsync(Person)).ShouldBe(200, """{"sent":0,"failed":1,"credits":1}""");
        (await server.SendAsync(Person)).ShouldBe(200, """{"sent":1,"failed":0,"credits":0}""");
    }

    private static Task<RunningServer> StartAsync(int credits) =>
        RunningServer.StartAsync(settings: [("Pushbell:Bootstrap:Credits", $"{credits}"), ("Pushbell:Limits:SendsPerMinute", "1000")]);
}
