using Pushbell.Dispatch.Notifications;
using Pushbell.Dispatch.Registrations;
using Pushbell.Dispatch.Tests.Fixtures;
using Pushbell.LocalPushService.Faults;
using Pushbell.LocalPushService.VirtualSubscriptions;

namespace Pushbell.Dispatch.Tests.Registrations;

public sealed class ActiveCountTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task AnySequence_AfterEachStep_EqualsTheRows(int seed)
    {
        await using var dispatch = await TestDispatch.StartAsync();
        var random = new Random(seed);
        var browsers = Enumerable.Range(0, 6).Select(_ => dispatch.PushService.CreateSubscription()).ToArray();
        string[] people = ["a@example.com", "b@example.com"];
        var known = new Dictionary<VirtualSubscription, Registered>();
        for (var step = 0; step < 40; step++)
        {
            var browser = browsers[random.Next(browsers.Length)];
            var person = people[random.Next(people.Length)];
            switch (random.Next(6))
            {
                case 0 or 1:
                    known[browser] = await dispatch.Seed.RegisterAsync(
                        new NewRegistration(dispatch.Caller, Seed.Subscription(browser)) { Email = person }
                    );
                    break;
                case 2 when known.TryGetValue(browser, out var registered):
                    await dispatch.Node.End.DeregisterAsync(dispatch.Caller, registered.RegistrationId, null, CancellationToken.None);
                    break;
                case 3 when known.TryGetValue(browser, out var registered):
                    await dispatch.Node.UnregisterAsync(registered.RegistrationId, registered.Token);
                    break;
                case 4:
                    await dispatch.Node.End.UnsubscribeAsync(dispatch.Caller, person, CancellationToken.None);
                    break;
                default:
                    browser.Script(new ScriptedAnswer { Status = 410 });
                    await dispatch.SendAsync(new Target.Everyone());
                    browser.Script();
                    break;
            }

            var counted = await dispatch.ValueAsync<long>("SELECT active_registrations FROM service");
            counted.ShouldBe(
                await dispatch.ValueAsync<long>("SELECT count(*) FROM registration WHERE status = 0"),
                $"seed {seed}, step {step}"
            );
        }
    }
}
