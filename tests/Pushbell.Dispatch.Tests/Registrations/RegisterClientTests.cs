using Pushbell.Dispatch.Registrations;
using Pushbell.Dispatch.Tests.Fixtures;
using Pushbell.WebPush;

namespace Pushbell.Dispatch.Tests.Registrations;

public sealed class RegisterClientTests : IAsyncLifetime
{
    private TestDispatch dispatch = null!;

    public async ValueTask InitializeAsync() => dispatch = await TestDispatch.StartAsync();

    public ValueTask DisposeAsync() => dispatch.DisposeAsync();

    [Fact]
    public async Task Run_NewEndpoint_IsActiveAndCounted()
    {
        var browser = dispatch.PushService.CreateSubscription();

        var registered = await dispatch.Seed.RegisterAsync(
            new NewRegistration(dispatch.Caller, Seed.Subscription(browser))
            {
                Email = "person@example.com",
                KeepEmail = true,
                UserId = "user-1",
                DeviceInfo = """{"browser_name":"Firefox"}""",
                IsInstalled = true,
                Language = "de",
                TimeZone = "Europe/Berlin",
            }
        );

        var found = (await FindAsync(registered.RegistrationId)).ShouldNotBeNull();
        found.Status.ShouldBe(RegistrationStatus.Active);
        found.Email.ShouldBe("person@example.com");
        found.UserId.ShouldBe("user-1");
        found.DeviceInfo.ShouldBe("""{"browser_name":"Firefox"}""");
        found.IsInstalled.ShouldBeTrue();
        found.Language.ShouldBe("de");
        found.TimeZone.ShouldBe("Europe/Berlin");
        found.CreatedAt.ShouldBe(dispatch.Clock.GetUtcNow());
        found.NotificationCount.ShouldBe(0);
        (await ActiveAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task Run_EmailNotToBeKept_IsStoredAsAHashOnly()
    {
        var device = await dispatch.Seed.DeviceAsync(email: "person@example.com");

        (await FindAsync(device.Id))!.Email.ShouldBeNull();
        (
            await dispatch.ValueAsync<int>("SELECT count(*) FROM registration WHERE email_hash IS NOT NULL AND sealed_email IS NULL")
        ).ShouldBe(1);
        (await dispatch.ValueAsync<string>("SELECT email_hash FROM registration"))!.ShouldNotContain("person");
    }

    [Fact]
    public async Task Run_SameEndpointAgain_IsReboundUnderTheSameId()
    {
        var browser = dispatch.PushService.CreateSubscription();
        var first = await dispatch.Seed.RegisterAsync(
            new NewRegistration(dispatch.Caller, Seed.Subscription(browser))
            {
                Email = "first@example.com",
                KeepEmail = true,
                UserId = "1",
                Language = "de",
            }
        );
        var keys = dispatch.PushService.CreateSubscription();
        PushSubscription.TryCreate(browser.Endpoint, keys.P256dh, keys.Auth, out var renewed, out _).ShouldBeTrue();

        var second = await dispatch.Seed.RegisterAsync(
            new NewRegistration(dispatch.Caller, renewed!) { Email = "second@example.com", KeepEmail = true }
        );

        second.RegistrationId.ShouldBe(first.RegistrationId);
        second.Token.ShouldNotBe(first.Token);
        var found = (await FindAsync(first.RegistrationId))!;
        found.Email.ShouldBe("second@example.com");
        found.UserId.ShouldBeNull("the first person's");
        found.Language.ShouldBe("de");
        (await dispatch.ValueAsync<byte[]>("SELECT p256dh FROM registration")).ShouldBe(renewed!.P256dh.ToArray());
        (await dispatch.ValueAsync<byte[]>("SELECT auth FROM registration")).ShouldBe(renewed.Auth.ToArray());
        (await ActiveAsync()).ShouldBe(1);
        (await dispatch.Node.UnregisterAsync(first.RegistrationId, first.Token)).ShouldBeFalse();
        (await dispatch.Node.UnregisterAsync(first.RegistrationId, second.Token)).ShouldBeTrue();
    }

    [Theory]
    [InlineData(RegistrationStatus.Inactive)]
    [InlineData(RegistrationStatus.Expired)]
    [InlineData(RegistrationStatus.Unregistered)]
    public async Task Run_EndedBefore_IsActiveAgain(RegistrationStatus status)
    {
        var browser = dispatch.PushService.CreateSubscription();
        var first = await dispatch.Seed.RegisterAsync(new NewRegistration(dispatch.Caller, Seed.Subscription(browser)));
        await dispatch.Node.End.DeregisterAsync(dispatch.Caller, first.RegistrationId, "test", CancellationToken.None);
        await dispatch.ExecuteAsync(
            "UPDATE registration SET status = @status, refusals = 4, refused_since = 1",
            new { status = (int)status }
        );

        var second = await dispatch.Seed.RegisterAsync(new NewRegistration(dispatch.Caller, Seed.Subscription(browser)));

        second.RegistrationId.ShouldBe(first.RegistrationId);
        var found = (await FindAsync(first.RegistrationId))!;
        found.Status.ShouldBe(RegistrationStatus.Active);
        found.StatusReason.ShouldBeNull();
        (await dispatch.ValueAsync<int>("SELECT count(*) FROM registration WHERE refusals = 0 AND refused_since IS NULL")).ShouldBe(1);
        (await ActiveAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task Run_SameEndpointInAnotherService_IsAnotherRegistration()
    {
        var browser = dispatch.PushService.CreateSubscription();
        var first = await dispatch.Seed.RegisterAsync(new NewRegistration(dispatch.Caller, Seed.Subscription(browser)));

        var second = await dispatch.Seed.RegisterAsync(new NewRegistration(await dispatch.Seed.ServiceAsync(), Seed.Subscription(browser)));

        second.RegistrationId.ShouldNotBe(first.RegistrationId);
        (await ActiveAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task Run_EndpointThatIsNotAllowed_LeavesNothing()
    {
        var browser = dispatch.PushService.CreateSubscription();

        var result = await dispatch.Node.Register.RunAsync(
            new NewRegistration(dispatch.Caller, Seed.Subscription(browser, "https://evil.example/push")),
            CancellationToken.None
        );

        result.Failure.ShouldBeOfType<Failure.InvalidRequest>().Sentence.ShouldContain("evil.example");
        (await dispatch.ValueAsync<int>("SELECT count(*) FROM registration")).ShouldBe(0);
        (await ActiveAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Run_SameEndpointFromManyThreads_IsOneRegistration()
    {
        var browser = dispatch.PushService.CreateSubscription();

        var registered = await Task.WhenAll(
            Enumerable
                .Range(0, 20)
                .Select(_ => Task.Run(() => dispatch.Seed.RegisterAsync(new NewRegistration(dispatch.Caller, Seed.Subscription(browser)))))
        );

        registered.Select(one => one.RegistrationId).Distinct().Count().ShouldBe(1);
        (await ActiveAsync()).ShouldBe(1);
    }

    private Task<Registration?> FindAsync(long id) => dispatch.Node.Registrations.FindAsync(dispatch.Caller, id, CancellationToken.None);

    private Task<long> ActiveAsync() =>
        dispatch.ValueAsync<long>("SELECT active_registrations FROM service WHERE id = @ServiceId", new { dispatch.Caller.ServiceId });
}
