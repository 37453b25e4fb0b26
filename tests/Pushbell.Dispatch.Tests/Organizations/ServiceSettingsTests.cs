using Pushbell.Dispatch.Organizations;
using Pushbell.Dispatch.Tests.Fixtures;
using Pushbell.WebPush;

namespace Pushbell.Dispatch.Tests.Organizations;

public sealed class ServiceSettingsTests : IAsyncLifetime
{
    private TestDispatch dispatch = null!;

    public async ValueTask InitializeAsync() => dispatch = await TestDispatch.StartAsync(credits: 10);

    public ValueTask DisposeAsync() => dispatch.DisposeAsync();

    [Fact]
    public async Task Create_WithAPairAndAnIcon_HasThem()
    {
        var pair = VapidKeys.Generate();

        var created = await dispatch.Node.CreateService.RunAsync(
            dispatch.Caller.OrganizationId,
            new NewService("own-pair") { Vapid = pair, Icon = "https://a.example/i.png" },
            CancellationToken.None
        );

        var service = await dispatch.Node.Services.GetAsync(dispatch.Caller.OrganizationId, created.Value, CancellationToken.None);
        (service.VapidPublicKey, service.Icon, service.CreatedAt).ShouldBe((pair.PublicKey, "https://a.example/i.png", dispatch.Clock.GetUtcNow().ToUnixTimeMilliseconds()));
    }

    [Fact]
    public async Task Change_OfTheIcon_SetsLeavesAndTakesAway()
    {
        (await ChangedAsync(new ServiceChange { Icon = "https://a.example/i.png" })).Icon.ShouldBe("https://a.example/i.png");
        (await ChangedAsync(new ServiceChange { Name = "Other", NotificationsEnabled = false })).ShouldSatisfyAllConditions(
            service => service.Icon.ShouldBe("https://a.example/i.png"),
            service => (service.NotificationsEnabled, service.IsActive).ShouldBe((0, 1))
        );
        (await ChangedAsync(new ServiceChange { Icon = "" })).Icon.ShouldBeNull();
    }

    [Fact]
    public async Task IdentityKey_WhileTokensAreLookedAt_IsReplacedButNotTakenAway()
    {
        var secret = IdentityKey.OfSecret(new string('x', 32));
        (await SetKeyAsync(secret)).ShouldBeTrue();
        (await ChangedAsync(new ServiceChange { Identity = IdentityMode.Required })).HasIdentityKey.ShouldBe(1);

        (await SetKeyAsync(null)).ShouldBeFalse();
        (await SetKeyAsync(IdentityKey.OfSecret(new string('y', 32)))).ShouldBeTrue();
        (await dispatch.Node.Get<IdentityPolicies>().GetAsync(dispatch.Caller.OrganizationId, dispatch.Caller.ServiceId, CancellationToken.None))
            .Key!.Bytes.ShouldAllBe(value => value == 'y');

        (await ChangedAsync(new ServiceChange { Identity = IdentityMode.Off })).HasIdentityKey.ShouldBe(1);
        (await SetKeyAsync(null)).ShouldBeTrue();
        (await ChangedAsync(new ServiceChange())).HasIdentityKey.ShouldBe(0);
    }

    [Fact]
    public async Task Movements_PageByPageOrAllAtOnce_AreTheSame()
    {
        var queries = dispatch.Node.Get<CreditQueries>();
        for (var amount = 1; amount <= 4; amount++)
        {
            await dispatch.Database.WriteAsync(session => dispatch.Node.Credits.TopUpAsync(session, dispatch.Caller.OrganizationId, amount, null), CancellationToken.None);
        }

        var first = await queries.MovementsAsync(dispatch.Caller.OrganizationId, 3, after: null, CancellationToken.None);
        var rest = await queries.MovementsAsync(dispatch.Caller.OrganizationId, 3, first[^1].Id, CancellationToken.None);
        var all = new List<CreditMovement>();
        await foreach (var movement in queries.AllMovementsAsync(dispatch.Caller.OrganizationId, CancellationToken.None))
        {
            all.Add(movement);
        }

        first.Concat(rest).Select(movement => movement.Amount).ShouldBe([4, 3, 2, 1, 10]);
        all.ShouldBe(first.Concat(rest));
        (await queries.TotalsAsync(dispatch.Caller.OrganizationId, CancellationToken.None)).ShouldBe(new CreditTotals { Available = 20, ToppedUp = 20 });
    }

    private Task<bool> SetKeyAsync(IdentityKey? key) =>
        dispatch.Node.Get<IdentityPolicies>().SetKeyAsync(dispatch.Caller.OrganizationId, dispatch.Caller.ServiceId, key, CancellationToken.None);

    private async Task<ServiceInfo> ChangedAsync(ServiceChange change)
    {
        var (organization, service) = (dispatch.Caller.OrganizationId, dispatch.Caller.ServiceId);
        await dispatch.Node.Get<ChangeService>().RunAsync(organization, service, change, CancellationToken.None);
        return await dispatch.Node.Services.GetAsync(organization, service, CancellationToken.None);
    }
}
