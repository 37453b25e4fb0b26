using Pushbell.Dispatch.Notifications;
using Pushbell.KillHarness.Books;
using Pushbell.KillHarness.Faults;
using Pushbell.KillHarness.Nodes;
using Pushbell.KillHarness.Workloads;

namespace Pushbell.KillHarness.Tests;

/// <summary>Each check fails when the one thing that it watches is wrong.</summary>
public sealed class BooksTests
{
    [Fact]
    public async Task Checks_OfARunInOrder_FindNothing()
    {
        await using var run = await Case.StartAsync();

        All(run.Evidence).ShouldBeEmpty();
    }

    [Fact]
    public async Task SendChecks_AnsweredAndMissing_IsLost()
    {
        await using var run = await Case.StartAsync();

        Names(SendChecks.Of(run.Of())).ShouldContain(Invariants.Lost);
    }

    [Fact]
    public async Task SendChecks_TwoRequestsOfOneKey_AreNotOneSend()
    {
        await using var run = await Case.StartAsync();

        Names(SendChecks.Of(run.Of(run.Request, run.Request with { Id = "req_2" }))).ShouldContain(Invariants.Idempotency);
    }

    [Theory]
    [InlineData(503, true)]
    [InlineData(404, true)]
    [InlineData(null, false)]
    public async Task SendChecks_ExistingAfterAnError_IsAnOffence(int? status, bool offends)
    {
        await using var run = await Case.StartAsync();
        run.Send = new Send(SendKind.Few, "send", Key: null, run.Devices);
        run.Send.Add(new Workloads.Attempt(status, RequestId: null, ""));

        Names(SendChecks.Of(run.Evidence)).Contains(Invariants.RefusedExists).ShouldBe(offends);
    }

    [Fact]
    public async Task DeliveryChecks_AcceptedWithoutACopy_IsLost()
    {
        await using var run = await Case.StartAsync();
        var other = new Send(SendKind.Few, "other", "key", run.Devices);
        var request = run.Request with { Marker = "other" };

        Names(DeliveryChecks.Of(new Evidence([other], [request], run.Devices, run.Copies, run.Faults, nodes: 1))).ShouldBe([Invariants.Lost]);
    }

    [Fact]
    public async Task DeliveryChecks_RecipientLeftOut_IsLost()
    {
        await using var run = await Case.StartAsync(devices: 2);
        run.Request = run.Request with
        {
            TotalTargets = 1,
            Outcomes = Case.Outcomes(accepted: 1),
            Deliveries = new Dictionary<string, string> { [run.Device.RegistrationId] = "accepted" },
        };

        Names(DeliveryChecks.Of(run.Evidence)).ShouldBe([Invariants.Lost]);
    }

    [Theory]
    [InlineData("gone")]
    [InlineData("expired")]
    [InlineData("rejected")]
    [InlineData("cancelled")]
    public async Task DeliveryChecks_EndWithoutAReason_IsAnOffence(string end)
    {
        await using var run = await Case.StartAsync();
        var outcomes = Case.Outcomes();
        outcomes[end] = 1;
        run.Request = run.Request with { Outcomes = outcomes, Deliveries = new Dictionary<string, string> { [run.Device.RegistrationId] = end } };

        Names(DeliveryChecks.Of(run.Evidence)).ShouldBe([Invariants.Unexplained]);
    }

    [Fact]
    public async Task DeliveryChecks_Pending_IsEndless()
    {
        await using var run = await Case.StartAsync();
        run.Request = run.Request with { Pending = 1, Outcomes = Case.Outcomes() };

        Names(DeliveryChecks.Of(run.Evidence)).ShouldBe([Invariants.Endless, Invariants.Counters]);
    }

    [Theory]
    [InlineData(Installation.Window, false)]
    [InlineData(Installation.Window + 1, true)]
    public async Task CopyChecks_SecondCopiesOfAKill_StayWithinTheWindow(int devices, bool offends)
    {
        await using var run = await Case.StartAsync(devices);
        run.Suffer(FaultKind.Kill);
        run.Arrive();
        run.Suffer(FaultKind.Kill);

        var checks = new CopyChecks(run.Evidence);

        checks.Total.ShouldBe(devices);
        checks.WorstPerNode(fault => fault.Kills).ShouldBe(devices);
        Names(checks.Violations()).Contains(Invariants.ExtraCopies).ShouldBe(offends);
    }

    [Theory]
    [InlineData(2 * Installation.Window, false)]
    [InlineData(2 * Installation.Window + 1, true)]
    public async Task CopyChecks_SecondCopiesOfAKillOfTwoNodes_StayWithinTwoWindows(int devices, bool offends)
    {
        await using var run = await Case.StartAsync(devices);
        run.Suffer(FaultKind.Kill, limit: 2 * Installation.Window);
        run.Arrive();

        Names(new CopyChecks(run.Evidence).Violations()).Contains(Invariants.ExtraCopies).ShouldBe(offends);
    }

    [Theory]
    [InlineData(0, 1, Installation.Window)]
    [InlineData(0, 2, 2 * Installation.Window)]
    [InlineData(1.5, 0, 0)]
    [InlineData(1.5, 1, Installation.Window)]
    [InlineData(2, 0, 3 * Installation.Window)]
    [InlineData(2, 1, 3 * Installation.Window)]
    public void PastFault_OfOutageAndNodes_ExplainsTheWindowsOfWhoeverLosesItsLease(double secondsAway, int nodes, int limit)
    {
        var fault = Case.FaultOf(FaultKind.KillInOutage, nodes);

        PastFault
            .Of(fault, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, TimeSpan.FromSeconds(secondsAway), TimeSpan.FromSeconds(10), nodes: 3)
            .Limit.ShouldBe(limit);
    }

    [Fact]
    public async Task CopyChecks_SecondCopyWithoutAFault_IsAnOffence()
    {
        await using var run = await Case.StartAsync();
        run.Arrive();
        run.Suffer(FaultKind.Kill);

        Names(new CopyChecks(run.Evidence).Violations()).ShouldBe([Invariants.ExtraCopies]);
    }

    [Fact]
    public async Task CopyChecks_CopyForSomebodyElse_IsAnOffence()
    {
        await using var run = await Case.StartAsync();
        run.Copies.Add("send", "reg_stranger", run.Clock.GetUtcNow());

        Names(new CopyChecks(run.Evidence).Violations()).ShouldBe([Invariants.Stranger]);
    }

    [Fact]
    public void MoneyChecks_Balanced_FindNothing() => MoneyChecks.Of(Balanced).ShouldBeEmpty();

    [Fact]
    public void MoneyChecks_ACreditTooFew_IsAnOffence() =>
        Names(MoneyChecks.Of(Balanced with { Credits = Balanced.Credits with { Available = 5 } })).ShouldBe([Invariants.Credits]);

    [Fact]
    public void MoneyChecks_ACreditHeldForNothing_IsAnOffence() =>
        Names(MoneyChecks.Of(Balanced with { Credits = Balanced.Credits with { Available = 5, Held = 2 } })).ShouldBe([Invariants.Credits]);

    [Fact]
    public void MoneyChecks_NegativeOnce_IsAnOffence() =>
        Names(MoneyChecks.Of(Balanced with { Credits = Balanced.Credits with { LowestAvailable = -1 } })).ShouldBe([Invariants.Credits]);

    [Fact]
    public void MoneyChecks_QuotaNotGivenBack_IsAnOffence() =>
        Names(MoneyChecks.Of(Balanced with { Windows = [new WindowState { StartsAt = 1, Used = 5 }] })).ShouldBe([Invariants.Quota]);

    [Fact]
    public void MoneyChecks_CounterBesideTheLedger_IsAnOffence() =>
        Names(MoneyChecks.Of(Balanced with { Notifications = [Balanced.Notifications[0] with { Outcomes = [DeliveryEnd.Gone] }] }))
            .ShouldBe([Invariants.Counters]);

    /// <summary>Three accepted, one gone, one pending, of ten credits.</summary>
    private static Snapshot Balanced { get; } =
        new(
            new CreditState
            {
                Available = 6,
                Held = 1,
                Spent = 3,
                ToppedUp = 10,
            },
            [
                new NotificationState
                {
                    TotalTargets = 5,
                    Accepted = 3,
                    Gone = 1,
                    HourWindow = 1,
                    DayWindow = 1,
                    Outcomes = [DeliveryEnd.Accepted, DeliveryEnd.Accepted, DeliveryEnd.Accepted, DeliveryEnd.Gone, DeliveryEnd.Pending],
                },
            ],
            [new WindowState { StartsAt = 1, Used = 4 }, new WindowState { Kind = 1, StartsAt = 1, Used = 4 }]
        );

    private static IEnumerable<Violation> All(Evidence evidence) =>
        [.. SendChecks.Of(evidence), .. DeliveryChecks.Of(evidence), .. new CopyChecks(evidence).Violations()];

    private static IEnumerable<string> Names(IEnumerable<Violation> violations) => violations.Select(violation => violation.Invariant);
}
