using Pushbell.Dispatch.Notifications;
using Pushbell.Dispatch.Storage;
using Pushbell.Dispatch.Tests.Fixtures;

namespace Pushbell.Dispatch.Tests.Organizations;

public sealed class CreditsTests
{
    [Fact]
    public async Task Hold_MoreThanAvailable_IsRefusedAndMovesNothing()
    {
        await using var dispatch = await TestDispatch.StartAsync(credits: 2);

        var refusal = await HoldAsync(dispatch, 3);

        refusal.ShouldBeOfType<Failure.InsufficientCredits>().Sentence.ShouldContain("3 devices need 3, 2 left");
        (await Books.OfAsync(dispatch)).ShouldBe(new Books(2, 0, 0, 2));
    }

    [Fact]
    public async Task Hold_NotMetered_IsFreeAndLeavesNoTrace()
    {
        await using var dispatch = await TestDispatch.StartAsync();

        (await HoldAsync(dispatch, 1_000)).ShouldBeNull();

        (await dispatch.ValueAsync<int>("SELECT count(*) FROM credit_movement")).ShouldBe(0);
    }

    [Fact]
    public async Task TopUp_NotMeteredBefore_IsMeteredFromThenOn()
    {
        await using var dispatch = await TestDispatch.StartAsync();

        await WriteAsync(dispatch, session => dispatch.Node.Credits.TopUpAsync(session, dispatch.Caller.OrganizationId, 5, "invoice 1"));

        (await Books.OfAsync(dispatch)).ShouldBe(new Books(5, 0, 0, 5));
        (await HoldAsync(dispatch, 6)).ShouldNotBeNull();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task AnyMovements_AfterEach_AvailableHeldAndSpentAreWhatWasToppedUp(int seed)
    {
        await using var dispatch = await TestDispatch.StartAsync(credits: 50);
        var random = new Random(seed);
        var (available, held, spent, toppedUp) = (50L, 0L, 0L, 50L);
        for (var step = 0; step < 60; step++)
        {
            var amount = random.Next(1, 30);
            switch (random.Next(3))
            {
                case 0:
                    var refused = await HoldAsync(dispatch, amount) is not null;
                    refused.ShouldBe(amount > available);
                    (available, held) = refused ? (available, held) : (available - amount, held + amount);
                    break;
                case 1:
                    var (pay, back) = ((int)random.NextInt64(held + 1), 0);
                    back = (int)random.NextInt64(held - pay + 1);
                    await WriteAsync(
                        dispatch,
                        session => dispatch.Node.Credits.SettleAsync(session, dispatch.Caller.OrganizationId, 7, pay, back)
                    );
                    (available, held, spent) = (available + back, held - pay - back, spent + pay);
                    break;
                default:
                    await WriteAsync(
                        dispatch,
                        session => dispatch.Node.Credits.TopUpAsync(session, dispatch.Caller.OrganizationId, amount, null)
                    );
                    (available, toppedUp) = (available + amount, toppedUp + amount);
                    break;
            }

            (await Books.OfAsync(dispatch)).ShouldBe(new Books(available, held, spent, toppedUp), $"seed {seed}, step {step}");
        }
    }

    [Fact]
    public async Task Settle_MoreThanIsHeld_FailsRatherThanGoNegative()
    {
        await using var dispatch = await TestDispatch.StartAsync(credits: 5);
        await HoldAsync(dispatch, 2);

        await Should.ThrowAsync<Exception>(() =>
            WriteAsync(
                dispatch,
                session => dispatch.Node.Credits.SettleAsync(session, dispatch.Caller.OrganizationId, 7, spent: 3, returned: 0)
            )
        );

        (await Books.OfAsync(dispatch)).ShouldBe(new Books(3, 2, 0, 5));
    }

    [Fact]
    public async Task Accept_AHundredSendsAtOnceForOneCredit_TakesExactlyOne()
    {
        await using var dispatch = await TestDispatch.StartAsync(credits: 1);
        await dispatch.Seed.DeviceAsync(userId: "person");
        var request = dispatch.Request(new Target.UserIds(["person"]));

        var results = await Task.WhenAll(
            Enumerable.Range(0, 100).Select(_ => Task.Run(() => dispatch.Node.Accept.RunAsync(request, CancellationToken.None)))
        );

        results.Count(result => result.Failure is null).ShouldBe(1);
        results.Count(result => result.Failure is Failure.InsufficientCredits).ShouldBe(99);
        (await Books.OfAsync(dispatch)).ShouldBe(new Books(0, 1, 0, 1));
        (await dispatch.ValueAsync<int>("SELECT count(*) FROM notification")).ShouldBe(1);
    }

    [Fact]
    public async Task Accept_ServiceKey_IsNotCharged()
    {
        await using var dispatch = await TestDispatch.StartAsync(credits: 0);
        await dispatch.Seed.DeviceAsync(userId: "person");
        var request = dispatch.Request(new Target.UserIds(["person"])) with { Caller = dispatch.Caller with { IsService = true } };

        (await dispatch.Node.Accept.RunAsync(request, CancellationToken.None)).Failure.ShouldBeNull();
        dispatch.Clock.Advance(TimeSpan.FromSeconds(11));
        (await dispatch.Node.DrainAsync()).ShouldBe(1);

        (await dispatch.ValueAsync<int>("SELECT accepted FROM notification")).ShouldBe(1);
        (await Books.OfAsync(dispatch)).ShouldBe(new Books(0, 0, 0, 0));
    }

    private static Task<Failure?> HoldAsync(TestDispatch dispatch, int amount) =>
        dispatch.Database.WriteAsync(
            session => dispatch.Node.Credits.HoldAsync(session, dispatch.Caller.OrganizationId, notification: 7, amount),
            CancellationToken.None
        );

    private static Task WriteAsync(TestDispatch dispatch, Func<Session, Task> body) =>
        dispatch.Database.WriteAsync(body, CancellationToken.None);
}
