using Pushbell.Dispatch.Delivery;
using Pushbell.Testing;

namespace Pushbell.Dispatch.Tests.Delivery;

public sealed class DeliveryWindowTests : IDisposable
{
    private const string Slow = "https://slow.example", Other = "https://other.example", Third = "https://third.example";
    private readonly ManualTimeProvider clock = new();
    private readonly OriginHealth health;
    private readonly DeliveryWindow window;

    public DeliveryWindowTests()
    {
        health = new OriginHealth(clock);
        window = new DeliveryWindow(new DeliverySettings { Window = 128 }, health, clock);
    }

    public void Dispose() => window.Dispose();

    [Fact]
    public void Enter_OnePushServiceAlone_LeavesAnEighthToOthers()
    {
        Entered(Slow, 200).ShouldBe(112);

        Entered(Other, 50).ShouldBeInRange(10, 15);
        Entered(Third, 1).ShouldBe(1, "even then somebody else gets in");
    }

    [Fact]
    public async Task Enter_Full_GetsInWhenOneOfThePlacesIsGivenBack()
    {
        var places = Places(Slow, 112);
        var waiting = window.EnterAsync(Slow, CancellationToken.None);
        waiting.IsCompleted.ShouldBeFalse();

        places[0].Leave();

        (await waiting).ShouldNotBeNull();
    }

    [Fact]
    public async Task Enter_PushServiceGivesNothingBack_IsTurnedAwayAfterFiveSeconds()
    {
        Places(Slow, 112);
        var waiting = Enumerable.Range(0, 30).Select(_ => window.EnterAsync(Slow, CancellationToken.None)).ToArray();

        clock.Advance(TimeSpan.FromSeconds(4.999));
        waiting.ShouldAllBe(task => !task.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(1.001));

        (await Task.WhenAll(waiting)).ShouldAllBe(place => place == null);
        Entered(Other, 1).ShouldBe(1);
    }

    [Fact]
    public async Task Enter_PushServiceThatIsOnlySlow_GoesOnWaiting()
    {
        var places = Places(Slow, 112);
        var waiting = Enumerable.Range(0, 4).Select(_ => window.EnterAsync(Slow, CancellationToken.None)).ToArray();

        for (var second = 0; second < 4; second++)
        {
            clock.Advance(TimeSpan.FromSeconds(4.5));
            places[second].Leave();
        }

        (await Task.WhenAll(waiting)).ShouldAllBe(place => place != null);
    }

    [Fact]
    public async Task Enter_Cancelled_LeavesThePlaceToTheNext()
    {
        var places = Places(Slow, 112);
        using var cancel = new CancellationTokenSource();
        var (cancelled, next) = (window.EnterAsync(Slow, cancel.Token), window.EnterAsync(Slow, CancellationToken.None));

        await cancel.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => cancelled);
        places[0].Leave();

        (await next).ShouldNotBeNull();
    }

    [Fact]
    public void Leave_All_GivesTheWholeWindowBack()
    {
        foreach (var place in Places(Slow, 112).Concat(Places(Other, 10)))
        {
            place.Leave();
        }

        Entered(Slow, 200).ShouldBe(112);
    }

    [Fact]
    public async Task Enter_PushServiceThatStoppedAnswering_LetsInOneAtATime()
    {
        for (var fault = 0; fault < 8; fault++)
        {
            health.Failed(Slow);
        }

        var probe = Places(Slow, 1).Single();
        var waiting = window.EnterAsync(Slow, CancellationToken.None);
        waiting.IsCompleted.ShouldBeFalse();
        Entered(Other, 20).ShouldBe(20);

        health.Answered(Slow);
        probe.Leave();
        (await waiting).ShouldNotBeNull();
        Entered(Slow, 5).ShouldBe(5);
    }

    /// <summary>How many of so many get in at once.</summary>
    private int Entered(string origin, int count) =>
        Enumerable.Range(0, count).Count(_ => window.EnterAsync(origin, CancellationToken.None).IsCompletedSuccessfully);

    private List<Place> Places(string origin, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => window.EnterAsync(origin, CancellationToken.None)).Select(task => task.Result.ShouldNotBeNull())];
}
