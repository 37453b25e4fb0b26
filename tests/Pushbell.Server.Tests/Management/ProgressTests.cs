using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Pushbell.LocalPushService.Faults;
using Pushbell.Server.Management.Notifications;
using Pushbell.Testing;

namespace Pushbell.Server.Tests.Management;

/// <summary>"Live progress of running ones (server-sent events)": a real broadcast, followed while it is delivered.</summary>
public sealed class ProgressTests(SharedService shared) : IClassFixture<SharedService>
{
    [Fact]
    public async Task Events_OfABroadcast_GrowToTheEnd_AndTwoWhoFollowAgree()
    {
        await using var service = await ManagedService.StartAsync();
        // Longer than one look: more than a window, answered slowly at first.
        var crowd = new List<RegisteredClient>();
        for (var at = 0; at < 150; at++)
        {
            crowd.Add(await service.Server.RegisterAsync());
        }

        crowd[7].Subscription.Script(new ScriptedAnswer { Status = 503, RetryAfter = "2" });
        var sent = await service.PostAsync("/notifications", new { title = "T", body = "B", target_all = true });
        var request = sent.Text("request_id")!;
        await using var one = await FollowAsync(service, request);
        await using var other = await FollowAsync(service, request);

        var (first, second) = (await one.ReadToEndAsync(), await other.ReadToEndAsync());

        one.MediaType.ShouldBe("text/event-stream");
        first.Select(entry => entry.Event).Distinct().ShouldBe(["progress", "end"]);
        first[^1].Event.ShouldBe("end");
        var accepted = first[..^1].Select(entry => entry.Data.GetProperty("successful_sends").GetInt32()).ToArray();
        accepted.ShouldBeInOrder();
        accepted.Length.ShouldBeGreaterThan(1, "one waits two seconds for its retry");
        accepted[^1].ShouldBe(150);
        first[^2].Data.GetRawText().ShouldBe(second[^2].Data.GetRawText());
        first[^2].Data.GetProperty("status").GetString().ShouldBe("completed");
        await ShouldCloseAsync(service);
    }

    [Fact]
    public async Task Events_OfWhatHasEnded_AreItsLastStateAndTheEnd()
    {
        var service = shared.Service;
        var request = await service.SendAsync([await service.Server.RegisterAsync()]);
        await service.EndedAsync(request);

        await using var stream = await FollowAsync(service, request);
        var entries = await stream.ReadToEndAsync();

        entries.Select(entry => entry.Event).ShouldBe(["progress", "end"]);
        entries[0].Data.GetProperty("status").GetString().ShouldBe("completed");
        await ShouldCloseAsync(service);
    }

    [Fact]
    public async Task Events_WhenTheClientLeaves_AreReadNoLonger()
    {
        var service = shared.Service;
        var ann = await service.Server.RegisterAsync();
        var request = await service.SendAsync([ann], ("send_at", TimeProvider.System.GetUtcNow().AddHours(1).ToString("O")));
        var stream = await FollowAsync(service, request);
        (await stream.ReadAsync())!.Value.Data.GetProperty("status").GetString().ShouldBe("scheduled");
        Feeds(service).Count.ShouldBe(1);

        await stream.DisposeAsync();

        await ShouldCloseAsync(service);
    }

    [Fact]
    public async Task Events_OfAScheduledOne_TellThatItWasCancelled()
    {
        var service = shared.Service;
        var ann = await service.Server.RegisterAsync();
        var request = await service.SendAsync([ann], ("send_at", TimeProvider.System.GetUtcNow().AddHours(1).ToString("O")));
        await using var stream = await FollowAsync(service, request);
        await stream.ReadAsync();

        await service.Owner.DeleteAsync($"{service.Path}/notifications/{request}");

        (await stream.ReadToEndAsync())[^2].Data.GetProperty("status").GetString().ShouldBe("cancelled");
        await ShouldCloseAsync(service);
    }

    [Fact]
    public async Task Events_OfWhatStandsStill_AreKeptAliveAndClosedAfterAWhile()
    {
        var clock = new ManualTimeProvider();
        await using var service = await ManagedService.StartAsync(clock);
        var request = await service.SendAsync([await service.Server.RegisterAsync()], ("send_at", clock.GetUtcNow().AddHours(1).ToString("O")));
        await using var stream = await FollowAsync(service, request);
        await stream.ReadAsync();

        var lines = stream.ReadLinesToEndAsync();
        await Eventually.HoldsAsync(
            () =>
            {
                clock.Advance(TimeSpan.FromSeconds(5));
                return Task.FromResult(lines.IsCompleted);
            }
        );

        (await lines).ShouldContain(": still here");
        (await lines).ShouldNotContain("event: end");
        await ShouldCloseAsync(service, clock);
    }

    [Fact]
    public async Task Events_WhenTheServerStops_End()
    {
        var service = await ManagedService.StartAsync();
        await using var stopped = service;
        var ann = await service.Server.RegisterAsync();
        var request = await service.SendAsync([ann], ("send_at", TimeProvider.System.GetUtcNow().AddHours(1).ToString("O")));
        await using var stream = await FollowAsync(service, request);
        await stream.ReadAsync();

        await service.Server.RestartAsync().WaitAsync(TimeSpan.FromSeconds(15), TimeProvider.System);

        (await stream.ReadLinesToEndAsync()).ShouldNotContain("event: end");
    }

    private static ProgressFeeds Feeds(ManagedService service) => service.Server.Services.GetRequiredService<ProgressFeeds>();

    private static Task ShouldCloseAsync(ManagedService service, ManualTimeProvider? clock = null) =>
        Eventually.HoldsAsync(() => Task.FromResult(Feeds(service).Count == 0), clock);

    private static async Task<EventStream> FollowAsync(ManagedService service, string request)
    {
        var key = await service.Managed.AddKeyAsync("viewer");
        var asked = new HttpRequestMessage(HttpMethod.Get, $"/manage{service.Path}/notifications/{request}/events");
        asked.Headers.Add("X-Management-Key", key);
        var response = await service.Server.Http.SendAsync(asked, HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();
        return new EventStream(response, await response.Content.ReadAsStreamAsync());
    }

    /// <summary>Server-sent events as they come in.</summary>
    private sealed class EventStream(HttpResponseMessage response, Stream body) : IAsyncDisposable
    {
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
        private readonly StreamReader reader = new(body);

        public string? MediaType => response.Content.Headers.ContentType?.MediaType;

        /// <returns>Null when the stream has ended.</returns>
        public async Task<(string Event, JsonElement Data)?> ReadAsync()
        {
            string? name = null;
            while (await LineAsync() is { } line)
            {
                if (line.StartsWith("event: ", StringComparison.Ordinal))
                {
                    name = line["event: ".Length..];
                }
                else if (line.StartsWith("data: ", StringComparison.Ordinal))
                {
                    return (name!, JsonDocument.Parse(line["data: ".Length..]).RootElement);
                }
            }

            return null;
        }

        public async Task<(string Event, JsonElement Data)[]> ReadToEndAsync()
        {
            var entries = new List<(string, JsonElement)>();
            while (await ReadAsync() is { } entry)
            {
                entries.Add(entry);
            }

            return [.. entries];
        }

        public async Task<IReadOnlyList<string>> ReadLinesToEndAsync()
        {
            var lines = new List<string>();
            while (await LineAsync() is { } line)
            {
                lines.Add(line);
            }

            return lines;
        }

        public ValueTask DisposeAsync()
        {
            reader.Dispose();
            response.Dispose();
            return ValueTask.CompletedTask;
        }

        private async Task<string?> LineAsync() => await reader.ReadLineAsync().WaitAsync(Patience, TimeProvider.System);
    }
}
