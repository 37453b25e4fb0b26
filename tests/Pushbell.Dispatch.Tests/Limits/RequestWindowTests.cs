using Pushbell.Dispatch.Limits;
using Pushbell.Dispatch.Storage;
using Pushbell.Testing;

namespace Pushbell.Dispatch.Tests.Limits;

/// <summary>What a window promises, whichever kind the engine asks for.</summary>
public sealed class RequestWindowTests : IAsyncLifetime
{
    private const int FewRequests = 3, ManyRequests = 1_000;

    private readonly ManualTimeProvider clock = new();
    private TestDatabase files = null!;
    private Database database = null!;

    public async ValueTask InitializeAsync()
    {
        files = await TestDatabase.CreateAsync();
        database = await files.OpenAsync(clock);
    }

    public async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        await files.DisposeAsync();
    }

    [Theory]
    [InlineData(FewRequests)]
    [InlineData(ManyRequests)]
    public async Task Count_UpToTheLimit_SaysWhatIsLeft(int most)
    {
        var window = Window(most);

        (await CountAsync(window)).ShouldBe(new RequestUse("requests", most, most - 1, TimeSpan.FromMinutes(1), IsOver: false), Close);
        for (var more = 2; more < most; more++)
        {
            await CountAsync(window);
        }

        (await CountAsync(window)).ShouldBe(new RequestUse("requests", most, 0, TimeSpan.FromMinutes(1), IsOver: false), Close);
        (await CountAsync(window)).ShouldBe(new RequestUse("requests", most, 0, TimeSpan.FromMinutes(1), IsOver: true), Close);
    }

    [Fact]
    public async Task Count_AsTimePasses_ALapsedPlaceIsFreeAtItsMoment()
    {
        var window = Window(FewRequests);
        await CountAsync(window);
        clock.Advance(TimeSpan.FromSeconds(20));
        await CountAsync(window);
        clock.Advance(TimeSpan.FromSeconds(20));
        var last = await CountAsync(window);

        last.ShouldBe(new RequestUse("requests", FewRequests, 0, TimeSpan.FromSeconds(20), IsOver: false));
        clock.Advance(TimeSpan.FromSeconds(20));
        (await CountAsync(window)).IsOver.ShouldBeFalse();
        (await CountAsync(window)).IsOver.ShouldBeTrue();
    }

    [Fact]
    public async Task Count_CallerWhoNeverPauses_NeverGetsThroughAgain()
    {
        var window = Window(FewRequests);
        var admitted = 0;
        for (var second = 0; second < 200; second += 10)
        {
            admitted += (await CountAsync(window)).IsOver ? 0 : 1;
            clock.Advance(TimeSpan.FromSeconds(10));
        }

        admitted.ShouldBe(FewRequests);
        clock.Advance(TimeSpan.FromMinutes(1));
        (await CountAsync(window)).IsOver.ShouldBeFalse();
    }

    [Theory]
    [InlineData(FewRequests)]
    [InlineData(ManyRequests)]
    public async Task Count_InAnyMinute_LetsInNoMoreThanTheLimit(int most)
    {
        var window = Window(most);
        var admitted = new List<DateTimeOffset>();
        var random = new Random(7);
        for (var burst = 0; burst < 40; burst++)
        {
            for (var request = random.Next(most / 3 + 2); request > 0; request--)
            {
                if (!(await CountAsync(window)).IsOver)
                {
                    admitted.Add(clock.GetUtcNow());
                }
            }

            // Now and then long enough for one who was refused to be let in again.
            clock.Advance(burst % 4 == 3 ? TimeSpan.FromMinutes(1) : TimeSpan.FromMilliseconds(random.Next(20_000)));
        }

        admitted.Count.ShouldBeGreaterThan(most);
        admitted.ShouldAllBe(from => admitted.Count(at => at >= from && at < from.AddMinutes(1)) <= most);
    }

    [Fact]
    public async Task Count_OtherSubjectsAndOrganizationsAndKinds_HaveTheirOwnRoom()
    {
        var (window, other) = (Window(most: 1), new RequestWindows(database, clock).Create("sends", 1));

        (await window.CountAsync(1, "a", CancellationToken.None)).IsOver.ShouldBeFalse();
        (await window.CountAsync(1, "a", CancellationToken.None)).IsOver.ShouldBeTrue();
        (await window.CountAsync(1, "b", CancellationToken.None)).IsOver.ShouldBeFalse();
        (await window.CountAsync(2, "a", CancellationToken.None)).IsOver.ShouldBeFalse();
        (await other.CountAsync(1, "a", CancellationToken.None)).IsOver.ShouldBeFalse();
    }

    [Fact]
    public async Task Count_ManyAtOnce_AdmitsExactlyTheLimit()
    {
        const int Most = 40;
        var window = Window(Most);

        var uses = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => BurstAsync(window, requests: 25))));

        uses.Sum().ShouldBe(Most);
    }

    private static async Task<int> BurstAsync(IRequestWindow window, int requests)
    {
        var admitted = 0;
        for (var request = 0; request < requests; request++)
        {
            admitted += (await CountAsync(window)).IsOver ? 0 : 1;
        }

        return admitted;
    }

    private static ValueTask<RequestUse> CountAsync(IRequestWindow window) => window.CountAsync(1, "key", CancellationToken.None);

    private IRequestWindow Window(int most) => new RequestWindows(database, clock).Create("requests", most);

    /// <summary>Large limits may be counted in whole seconds.</summary>
    private static EqualityComparer<RequestUse> Close { get; } =
        EqualityComparer<RequestUse>.Create(
            (one, other) => one! with { Wait = default } == other! with { Wait = default } && (one.Wait - other.Wait).Duration() < TimeSpan.FromSeconds(1),
            _ => 0
        );
}
