using Pushbell.Dispatch.Limits;
using Pushbell.Dispatch.Storage;
using Pushbell.Testing;

namespace Pushbell.Dispatch.Tests.Limits;

/// <summary>
/// Requests do not come to their row in the order of their times: who waits for it brings an older one than who was counted meanwhile.
/// Two clocks stand for that here.
/// </summary>
public sealed class SharedWindowTests : IAsyncLifetime
{
    private const int Most = 5;
    private static readonly TimeSpan Late = TimeSpan.FromMilliseconds(300);

    private readonly ManualTimeProvider ahead = new(), behind = new();
    private TestDatabase storage = null!;
    private Database database = null!;

    public async ValueTask InitializeAsync()
    {
        storage = await TestDatabase.CreateAsync();
        database = await storage.OpenAsync(ahead);
        ahead.Advance(Late);
    }

    public async ValueTask DisposeAsync()
    {
        if (database is not null)
        {
            await database.DisposeAsync();
            await storage.DisposeAsync();
        }
    }

    [Fact]
    public async Task Count_WithAnEarlierTime_SeesThoseWithALaterOne()
    {
        for (var place = Most - 1; place >= 0; place--)
        {
            (await CountAsync(ahead)).Remaining.ShouldBe(place);
        }

        var refused = await CountAsync(behind);

        refused.IsOver.ShouldBeTrue();
        refused.Wait.ShouldBe(TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Count_WithAnEarlierTime_MakesNobodyForgotten()
    {
        foreach (var clock in new[] { ahead, behind, ahead, behind, ahead })
        {
            (await CountAsync(clock)).IsOver.ShouldBeFalse();
        }

        (await CountAsync(ahead)).IsOver.ShouldBeTrue();
        (await CountAsync(behind)).IsOver.ShouldBeTrue();
    }

    [Fact]
    public async Task Count_AfterTheClockWasSetBack_BeginsAnew()
    {
        ahead.Advance(TimeSpan.FromHours(1));
        for (var request = 0; request < Most; request++)
        {
            await CountAsync(ahead);
        }

        (await CountAsync(behind)).Remaining.ShouldBe(Most - 1, "an hour would be a long time to be refused");
    }

    private async Task<RequestUse> CountAsync(TimeProvider clock) =>
        await new RequestWindows(database, clock).Create("requests", Most).CountAsync(1, "key", CancellationToken.None);
}
