using Pushbell.Dispatch.Delivery;
using Pushbell.Dispatch.Notifications;
using Pushbell.Dispatch.Organizations;
using Pushbell.Dispatch.Tests.Fixtures;

namespace Pushbell.Dispatch.Tests.Delivery;

public sealed class FanOutTests : IAsyncLifetime
{
    private TestDispatch dispatch = null!;

    public async ValueTask InitializeAsync() => dispatch = await TestDispatch.StartAsync(credits: 5_000);

    public ValueTask DisposeAsync() => dispatch.DisposeAsync();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Next_RegistrationsComeAndGoMeanwhile_VisitsEachOfThoseThatStayedExactlyOnce(int seed)
    {
        var random = new Random(seed);
        var all = RandomIds(random, random.Next(101, 1_600));
        await dispatch.Seed.RegistrationsAsync(all);
        var accepted = await dispatch.AcceptAsync(new Target.Everyone());
        var left = new HashSet<long>();
        var visited = new List<long>();
        while (await dispatch.Node.Claims.NextAsync(Lane.Bulk, CancellationToken.None) is { } key)
        {
            visited.AddRange(await SettleAsync(key));
            foreach (var id in Enumerable.Range(0, random.Next(60)).Select(_ => all[random.Next(all.Length)]))
            {
                await dispatch.Node.End.DeregisterAsync(dispatch.Caller, id, null, CancellationToken.None);
                left.Add(id);
            }

            await dispatch.Seed.RegistrationsAsync([all[^1] + visited.Count + 1]);
        }

        visited.Distinct().Count().ShouldBe(visited.Count, "none twice");
        visited.ShouldBeSubsetOf(all);
        all.Except(visited).ShouldBeSubsetOf(left);
        var notification = await dispatch.NotificationAsync(accepted.Notification.Id);
        notification.TotalTargets.ShouldBe(all.Length);
        notification.Accepted.ShouldBe(visited.Count);
        notification.Cancelled.ShouldBe(all.Length - visited.Count);
        notification.Status.ShouldBe(NotificationStatus.Completed);
        (await Books.OfAsync(dispatch)).ShouldBe(new Books(5_000 - visited.Count, 0, visited.Count, 5_000));
        (await dispatch.ValueAsync<int>("SELECT used FROM quota_window WHERE kind = 0")).ShouldBe(visited.Count);
    }

    [Fact]
    public async Task Next_EverybodyLeft_EndsCancelledAndCostsNothing()
    {
        await dispatch.Seed.RegistrationsAsync(Enumerable.Range(1, 120).Select(id => (long)id));
        var accepted = await dispatch.AcceptAsync(new Target.Everyone());
        await dispatch.ExecuteAsync("UPDATE registration SET status = 3");

        (await dispatch.Node.Claims.NextAsync(Lane.Bulk, CancellationToken.None)).ShouldBeNull();

        var notification = await dispatch.NotificationAsync(accepted.Notification.Id);
        notification.Cancelled.ShouldBe(120);
        notification.CompletedAt.ShouldBe(dispatch.Clock.GetUtcNow());
        (await Books.OfAsync(dispatch)).ShouldBe(new Books(5_000, 0, 0, 5_000));
        (await dispatch.ValueAsync<int>("SELECT sum(used) FROM quota_window")).ShouldBe(0);
    }

    [Fact]
    public async Task Next_SomeCameBackMeanwhile_NeverTakesMoreThanWerePaidFor()
    {
        await dispatch.Seed.RegistrationsAsync(Enumerable.Range(1, 150).Select(id => (long)id));
        await dispatch.ExecuteAsync("UPDATE registration SET status = 3 WHERE id <= 20");
        await dispatch.ExecuteAsync("UPDATE service SET active_registrations = 130");
        var accepted = await dispatch.AcceptAsync(new Target.Everyone());
        await dispatch.ExecuteAsync("UPDATE registration SET status = 0");

        while (await dispatch.Node.Claims.NextAsync(Lane.Bulk, CancellationToken.None) is { } key)
        {
            await SettleAsync(key);
        }

        var notification = await dispatch.NotificationAsync(accepted.Notification.Id);
        (notification.TotalTargets, notification.Accepted, notification.Pending).ShouldBe((130, 130, 0));
        (await Books.OfAsync(dispatch)).Held.ShouldBe(0);
    }

    [Fact]
    public async Task Next_AllSettledBeforeTheCursorCloses_KeepsTheTimeOfCompletion()
    {
        await dispatch.Seed.RegistrationsAsync(Enumerable.Range(1, 120).Select(id => (long)id));
        var accepted = await dispatch.AcceptAsync(new Target.Everyone());
        await SettleAsync((await dispatch.Node.Claims.NextAsync(Lane.Bulk, CancellationToken.None)).ShouldNotBeNull());
        var completed = (await dispatch.NotificationAsync(accepted.Notification.Id)).CompletedAt;
        completed.ShouldBe(dispatch.Clock.GetUtcNow());

        dispatch.Clock.Advance(TimeSpan.FromMinutes(1));
        (await dispatch.Node.Claims.NextAsync(Lane.Bulk, CancellationToken.None)).ShouldBeNull();

        (await dispatch.NotificationAsync(accepted.Notification.Id)).CompletedAt.ShouldBe(completed);
        (await dispatch.ValueAsync<int>("SELECT count(*) FROM notification WHERE cursor_after IS NOT NULL")).ShouldBe(0);
    }

    [Fact]
    public async Task Next_ManyWorkers_VisitEachOnce()
    {
        await dispatch.Seed.RegistrationsAsync(Enumerable.Range(1, 3_210).Select(id => id * 7L));
        await dispatch.AcceptAsync(new Target.Everyone());
        await using var reopened = await dispatch.ReopenAsync();
        var nodes = new[] { dispatch.Node, dispatch.StartNode(database: reopened) };

        var claimed = await Task.WhenAll(
            nodes.Select(node =>
                Task.Run(async () =>
                {
                    var own = new List<long>();
                    while (await node.Claims.NextAsync(Lane.Bulk, CancellationToken.None) is { } key)
                    {
                        own.AddRange(RecipientList.Decode((await BatchState.OfAsync(dispatch, key)).Recipients));
                    }

                    return own;
                })
            )
        );

        claimed.SelectMany(own => own).Order().ShouldBe(Enumerable.Range(1, 3_210).Select(id => id * 7L));
    }

    [Fact]
    public async Task Next_TwoOrganizations_TakeTurns()
    {
        var (small, served) = (await dispatch.Seed.OrganizationAsync(), new List<long>());
        await dispatch.Seed.RegistrationsAsync(Enumerable.Range(1, 2_500).Select(id => (long)id));
        await dispatch.Seed.RegistrationsAsync(Enumerable.Range(1, 600).Select(id => (long)id), small);
        await dispatch.AcceptAsync(new Target.Everyone());
        await BroadcastAsync(small);

        while (await dispatch.Node.Claims.NextAsync(Lane.Bulk, CancellationToken.None) is { } key)
        {
            served.Add(key.OrganizationId);
        }

        served.Count.ShouldBe(5 + 2);
        served.IndexOf(small.OrganizationId).ShouldBeLessThanOrEqualTo(1);
        served.LastIndexOf(small.OrganizationId).ShouldBeLessThanOrEqualTo(3);
    }

    [Fact]
    public async Task Next_OldCustomerBesideANewOne_DoesNotWaitUntilTheNewOneHasCaughtUp()
    {
        await dispatch.Seed.RegistrationsAsync(Enumerable.Range(1, 1_000).Select(id => (long)id));
        await dispatch.AcceptAsync(new Target.Everyone());
        while (await dispatch.Node.Claims.NextAsync(Lane.Bulk, CancellationToken.None) is not null) { }

        var newcomer = await dispatch.Seed.OrganizationAsync();
        await dispatch.Seed.RegistrationsAsync(Enumerable.Range(1, 3_000).Select(id => (long)id), newcomer);
        await BroadcastAsync(newcomer);
        await dispatch.Node.Claims.NextAsync(Lane.Bulk, CancellationToken.None);
        await dispatch.AcceptAsync(new Target.Everyone());

        var turns = new[]
        {
            (await dispatch.Node.Claims.NextAsync(Lane.Bulk, CancellationToken.None))!.Value.OrganizationId,
            (await dispatch.Node.Claims.NextAsync(Lane.Bulk, CancellationToken.None))!.Value.OrganizationId,
        };

        turns.ShouldContain(dispatch.Caller.OrganizationId);
    }

    private async Task BroadcastAsync(Caller caller) =>
        (
            await dispatch.Node.Accept.RunAsync(dispatch.Request(new Target.Everyone()) with { Caller = caller }, CancellationToken.None)
        ).Failure.ShouldBeNull();

    /// <summary>Says of a whole batch that it was accepted.</summary>
    private async Task<long[]> SettleAsync(BatchKey key)
    {
        var work = (await BatchState.LoadAsync(dispatch, key)).ShouldNotBeNull();
        var group = work.Recipients.Select((_, at) => Attempt.Ended(at, DeliveryEnd.Accepted, DeliveryReason.None)).ToArray();
        (await dispatch.Node.Settlement.ReleaseAsync(work, group, nextDue: null)).ShouldBe(Hold.Kept);
        return work.Recipients;
    }

    private static long[] RandomIds(Random random, int count)
    {
        var ids = new SortedSet<long>();
        while (ids.Count < count)
        {
            ids.Add(random.NextInt64(1, 1L << 50));
        }

        return [.. ids];
    }
}
