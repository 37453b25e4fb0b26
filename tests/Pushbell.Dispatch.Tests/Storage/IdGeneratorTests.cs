using Pushbell.Dispatch.Storage;
using Pushbell.Testing;

namespace Pushbell.Dispatch.Tests.Storage;

public sealed class IdGeneratorTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 15, 14, 30, 0, TimeSpan.Zero);

    [Fact]
    public void Next_ClockStandsStill_Grows()
    {
        var ids = new IdGenerator(new ManualTimeProvider(Start), new Random(1));

        var made = Enumerable.Range(0, 5_000).Select(_ => ids.Next()).ToArray();

        made.Zip(made.Skip(1)).ShouldAllBe(pair => pair.First < pair.Second);
        made[0].ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Next_ClockGoesBackAYear_StillGrows()
    {
        var clock = new SettableClock { Now = Start };
        var ids = new IdGenerator(clock, new Random(1));
        var before = ids.Next();

        clock.Now = Start.AddYears(-1);

        var after = Enumerable.Range(0, 100).Select(_ => ids.Next()).ToArray();
        after.ShouldAllBe(id => id > before);
        after.Distinct().Count().ShouldBe(100);
    }

    [Fact]
    public void Next_AMillisecondLater_IsAboveAllOfTheEarlierOne()
    {
        var clock = new SettableClock { Now = Start };
        var early = Enumerable.Range(0, 50).Max(seed => new IdGenerator(clock, new Random(seed)).Next());

        clock.Now = Start.AddMilliseconds(1);

        Enumerable.Range(0, 50).Min(seed => new IdGenerator(clock, new Random(seed)).Next()).ShouldBeGreaterThan(early);
    }

    [Fact]
    public void FirstOf_AMoment_IsBelowAllMadeThenAndAboveAllBefore()
    {
        var clock = new SettableClock { Now = Start.AddMilliseconds(-1) };
        var before = Enumerable.Range(0, 50).Max(seed => new IdGenerator(clock, new Random(seed)).Next());

        clock.Now = Start;

        IdGenerator.FirstOf(Start).ShouldBeGreaterThan(before);
        Enumerable.Range(0, 50).Min(seed => new IdGenerator(clock, new Random(seed)).Next()).ShouldBeGreaterThanOrEqualTo(IdGenerator.FirstOf(Start));
    }

    [Fact]
    public async Task Next_FromManyThreads_NeverRepeatsAndGrowsInEach()
    {
        var ids = new IdGenerator(TimeProvider.System, new Random(1));

        var made = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => Task.Run(() => Enumerable.Range(0, 5_000).Select(_ => ids.Next()).ToArray()))
        );

        made.SelectMany(own => own).Distinct().Count().ShouldBe(40_000);
        made.ShouldAllBe(own => own.Zip(own.Skip(1)).All(pair => pair.First < pair.Second));
    }

    /// <summary>A wall clock that an operator sets, back too.</summary>
    private sealed class SettableClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
