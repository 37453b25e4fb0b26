using Pushbell.Dispatch.Notifications;
using Pushbell.Dispatch.Organizations;
using Pushbell.Dispatch.Tests.Fixtures;
using Pushbell.WebPush;

namespace Pushbell.Dispatch.Tests.Delivery;

/// <summary>Within an organization the urgent and the small overtake broadcasts; between organizations the last one served goes last.</summary>
public sealed class LanesTests : IAsyncLifetime
{
    private TestDispatch dispatch = null!;

    public async ValueTask InitializeAsync() => dispatch = await TestDispatch.StartAsync();

    public ValueTask DisposeAsync() => dispatch.DisposeAsync();

    [Fact]
    public async Task Next_UrgentBroadcastAndSmallSend_OvertakeABroadcastThatHasBegun()
    {
        await RegisterAsync(dispatch.Caller, 1_200);
        var normal = await BroadcastAsync(dispatch.Caller);
        (await dispatch.Node.NextAsync()).ShouldNotBeNull().NotificationId.ShouldBe(normal);

        var urgent = await BroadcastAsync(dispatch.Caller, PushUrgency.High);
        var small = await QueueAsync(dispatch.Caller, to: 1);

        (await ClaimAllAsync()).Select(key => key.NotificationId).ShouldBe([small, urgent, urgent, urgent, normal, normal]);
    }

    [Theory]
    [InlineData(PushUrgency.VeryLow)]
    [InlineData(PushUrgency.Normal)]
    public async Task Next_ListLongerThanARequestCanCarry_WaitsBehindTheSmallUnlessItIsUrgent(PushUrgency urgency)
    {
        await RegisterAsync(dispatch.Caller, 101);
        var many = await QueueAsync(dispatch.Caller, to: 101, urgency);
        var hundred = await QueueAsync(dispatch.Caller, to: 100, urgency);
        var urgent = await QueueAsync(dispatch.Caller, to: 101, PushUrgency.High);

        (await ClaimAllAsync()).Select(key => key.NotificationId).ShouldBe([hundred, urgent, many]);
    }

    [Fact]
    public async Task Next_OrganizationsWithDifferentSortsOfWork_TakeTurnsAllTheSame()
    {
        var (small, listed) = (await dispatch.Seed.OrganizationAsync(), await dispatch.Seed.OrganizationAsync());
        await RegisterAsync(dispatch.Caller, 2_000);
        await RegisterAsync(small, 1);
        await RegisterAsync(listed, 101);
        await BroadcastAsync(dispatch.Caller);
        for (var send = 0; send < 4; send++)
        {
            await QueueAsync(small, to: 1);
            await QueueAsync(listed, to: 101);
        }

        var turns = (await ClaimAllAsync()).Select(key => key.OrganizationId).ToArray();

        turns.Length.ShouldBe(12);
        turns.Chunk(3).ShouldAllBe(round => round.Distinct().Count() == 3, string.Join(", ", turns));
    }

    [Fact]
    public async Task Next_OnlyTheExpressLane_LeavesBroadcastsAlone()
    {
        await RegisterAsync(dispatch.Caller, 600);
        var broadcast = await BroadcastAsync(dispatch.Caller);
        var listed = await QueueAsync(dispatch.Caller, to: 101);
        (await dispatch.Node.NextAsync(Lane.Express)).ShouldBeNull();

        var small = await QueueAsync(dispatch.Caller, to: 1);
        (await dispatch.Node.NextAsync(Lane.Express)).ShouldNotBeNull().NotificationId.ShouldBe(small);
        (await dispatch.Node.NextAsync(Lane.Express)).ShouldBeNull();
        var urgent = await BroadcastAsync(dispatch.Caller, PushUrgency.High);
        (await dispatch.Node.NextAsync(Lane.Express)).ShouldNotBeNull().NotificationId.ShouldBe(urgent);

        (await ClaimAllAsync()).Select(key => key.NotificationId).ShouldBe([urgent, listed, broadcast, broadcast]);
    }

    [Fact]
    public async Task Next_ManyOrganizationsWithFutureWorkOnly_IsNullUntilOneHasSomethingDue()
    {
        var later = dispatch.Clock.GetUtcNow().AddHours(1);
        for (var organization = 0; organization < 24; organization++)
        {
            var caller = await dispatch.Seed.OrganizationAsync();
            await RegisterAsync(caller, organization % 2 == 0 ? 1 : 101);
            await dispatch.AcceptAsync(dispatch.Request(new Target.Everyone()) with { Caller = caller, SendAt = later });
        }

        (await dispatch.Node.NextAsync()).ShouldBeNull();
        var last = await dispatch.Seed.OrganizationAsync();
        await RegisterAsync(last, 1);
        var due = await QueueAsync(last, to: 1);
        (await dispatch.Node.NextAsync()).ShouldNotBeNull().NotificationId.ShouldBe(due);
        (await dispatch.Node.NextAsync()).ShouldBeNull();
        await dispatch.ExecuteAsync("DELETE FROM batch WHERE notification_id = @due", new { due });

        dispatch.Clock.Advance(TimeSpan.FromHours(1));
        (await ClaimAllAsync()).Select(key => key.OrganizationId).Distinct().Count().ShouldBe(24);
    }

    [Fact]
    public async Task Next_MoreOrganizationsThanOneLookTakesIn_ServesEveryOne()
    {
        var waiting = new HashSet<long>();
        for (var organization = 0; organization < 12; organization++)
        {
            var caller = await dispatch.Seed.OrganizationAsync();
            await RegisterAsync(caller, 1);
            await QueueAsync(caller, to: 1);
            waiting.Add(caller.OrganizationId);
        }

        (await ClaimAllAsync()).Select(key => key.OrganizationId).Order().ShouldBe(waiting.Order());
    }

    private Task RegisterAsync(Caller caller, int count) => dispatch.Seed.RegistrationsAsync(Enumerable.Range(1, count).Select(id => (long)id), caller);

    private Task<long> BroadcastAsync(Caller caller, PushUrgency urgency = PushUrgency.Normal) =>
        AcceptAsync(caller, new Target.Everyone(), urgency);

    private Task<long> QueueAsync(Caller caller, int to, PushUrgency urgency = PushUrgency.Normal) =>
        AcceptAsync(caller, new Target.RegistrationIds([.. Enumerable.Range(1, to).Select(id => PublicId.Registration(id))]), urgency);

    private async Task<long> AcceptAsync(Caller caller, Target target, PushUrgency urgency)
    {
        var request = dispatch.Request(target, queue: true);
        var accepted = await dispatch.AcceptAsync(request with { Caller = caller, Content = request.Content with { Urgency = urgency } });
        // One after the other, also where ids are made within a millisecond.
        dispatch.Clock.Advance(TimeSpan.FromMilliseconds(1));
        return accepted.Notification.Id;
    }

    private async Task<List<BatchKey>> ClaimAllAsync()
    {
        var claimed = new List<BatchKey>();
        while (await dispatch.Node.NextAsync() is { } key)
        {
            claimed.Add(key);
        }

        return claimed;
    }
}
