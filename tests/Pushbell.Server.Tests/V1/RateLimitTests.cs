using Pushbell.Testing;

namespace Pushbell.Server.Tests.V1;

/// <summary><see cref="Page.RateLimit"/> Taken at its word: 60 sends in any 60 seconds.</summary>
public sealed class RateLimitTests : IAsyncLifetime
{
    private const string Sentence = """{"error":"Rate limit exceeded: at most 60 sends per minute for this key."}""";
    private readonly ManualTimeProvider clock = new();
    private RunningServer server = null!;

    public async ValueTask InitializeAsync() => server = await RunningServer.StartAsync(clock);

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task Send_TheSixtyFirst_IsRefusedForAMinute()
    {
        await SendAsync(60);

        var answer = await server.SendAsync("nobody@example.com");

        answer.ShouldBe(429, Sentence);
        answer.Header("Retry-After").ShouldBe("60");
    }

    [Fact]
    public async Task Send_AsTheMinuteSlides_FindsThePlacesOfThoseLongAgo()
    {
        await SendAsync(30);
        clock.Advance(TimeSpan.FromSeconds(30));
        await SendAsync(30);
        clock.Advance(TimeSpan.FromSeconds(29.9));
        var early = await server.SendAsync("nobody@example.com");
        early.Status.ShouldBe(429);
        early.Header("Retry-After").ShouldBe("1");

        clock.Advance(TimeSpan.FromSeconds(0.1));

        // The early one counted too.
        await SendAsync(29);
        (await server.SendAsync("nobody@example.com")).Status.ShouldBe(429);
    }

    [Fact]
    public async Task Send_AfterRetryAfter_IsNotRefused()
    {
        for (var sent = 0; sent < 60; sent++)
        {
            await SendAsync(1);
            clock.Advance(TimeSpan.FromSeconds(0.9));
        }

        var refused = await server.SendAsync("nobody@example.com");
        refused.Status.ShouldBe(429);
        clock.Advance(TimeSpan.FromSeconds(int.Parse(refused.Header("Retry-After")!)));

        await SendAsync(1);
    }

    [Fact]
    public async Task Send_WhoNeverPauses_NeverGetsThroughAgain()
    {
        await SendAsync(60);
        clock.Advance(TimeSpan.FromSeconds(59));
        for (var refused = 0; refused < 60; refused++)
        {
            (await server.SendAsync("nobody@example.com")).Status.ShouldBe(429);
        }

        clock.Advance(TimeSpan.FromSeconds(2));

        (await server.SendAsync("nobody@example.com")).Header("Retry-After").ShouldBe("58");
    }

    [Fact]
    public async Task Send_WithAnotherKey_HasALimitOfItsOwn()
    {
        var other = await server.AddKeyAsync();
        await SendAsync(60);

        (await server.SendAsync("nobody@example.com", other)).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Subscribe_OverTheLimitOfSends_GoesOn()
    {
        await SendAsync(60);

        await server.SubscribeAsync("someone@example.com");
        (await server.UnsubscribeAsync("someone@example.com")).ShouldBe(1);
    }

    /// <summary>Sends that are refused for other reasons count like any.</summary>
    private async Task SendAsync(int count)
    {
        for (var sent = 0; sent < count; sent++)
        {
            (await server.SendAsync("nobody@example.com")).Status.ShouldBe(404);
        }
    }
}
