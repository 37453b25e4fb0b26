using System.Net;
using Pushbell.LocalPushService;
using Pushbell.LocalPushService.Faults;
using Pushbell.LocalPushService.VirtualSubscriptions;
using Pushbell.Testing;

namespace Pushbell.Server.Tests.Faults;

/// <summary>The process ends while it has work: nothing is lost, and a good end repeats nothing. (kill -9 has a harness of its own.)</summary>
public sealed class ProcessFaultTests : IAsyncLifetime
{
    private static readonly object Broadcast = new { title = "Hello", body = "World", target_all = true, async_mode = true };
    private readonly TemporaryFolder folder = new();
    private LocalPushServer pushService = null!;

    public async ValueTask InitializeAsync() => pushService = await FaultyServers.StartPushServiceAsync();

    public async ValueTask DisposeAsync()
    {
        await pushService.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task Sigterm_MidBroadcast_FinishesWhatIsOnItsWayAndTheNextProcessDoesTheRest()
    {
        // A window this small makes a broadcast slow enough to be caught in the middle.
        await using var first = await StartAsync(("Pushbell__Delivery__Window", "4"));
        var people = await RegisterAsync(first, 240);
        people[20].Script(new ScriptedAnswer { Fault = Fault.Hang });
        var request = (await first.CallAsync("/send", Broadcast)).Text("request_id")!;
        await Eventually.HoldsAsync(() => Task.FromResult(Reached(people) >= 40));

        first.Terminate();
        var ending = first.EndedAsync();
        await Eventually.HoldsAsync(async () => await StatusAsync(first, "/health/ready") == HttpStatusCode.ServiceUnavailable);
        (await StatusAsync(first, "/health/live")).ShouldBe(HttpStatusCode.OK, "it drains, but it lives");

        (await ending).ShouldBeLessThan(TimeSpan.FromSeconds(25));
        first.ExitCode.ShouldBe(0, first.Errors);
        Reached(people).ShouldBeLessThan(people.Count - 1, "it was stopped in the middle");
        await using var second = await StartAsync();
        var completed = await second.CompletedAsync(request);
        completed.Number("successful_sends").ShouldBe(people.Count);
        people.ShouldAllBe(person => person.MessageCount == 1);
    }

    [Fact]
    public async Task Sigterm_RequestUnderWay_IsStillAnswered()
    {
        await using var server = await StartAsync();
        var people = await RegisterAsync(server, 2);
        people[0].Script(new ScriptedAnswer { Fault = Fault.Hang });
        var sending = server.CallAsync("/send", new { title = "Hello", body = "World", target_all = true });
        await Eventually.HoldsAsync(() => Task.FromResult(pushService.Counters.Unanswered == 1 && people[1].MessageCount == 1));

        server.Terminate();
        var sent = await sending;

        (sent.Status, sent.Text("status"), sent.Number("successful_sends")).ShouldBe((200, "processing", 1));
        (await server.EndedAsync()).ShouldBeLessThan(TimeSpan.FromSeconds(25));
        server.ExitCode.ShouldBe(0, server.Errors);
    }

    [Fact]
    public async Task Sigterm_Idle_EndsAtOnce()
    {
        await using var server = await StartAsync();

        server.Terminate();

        (await server.EndedAsync()).ShouldBeLessThan(TimeSpan.FromSeconds(10));
        server.ExitCode.ShouldBe(0, server.Errors);
    }

    [Fact]
    public async Task Kill_WhileQueued_LosesNothing()
    {
        IReadOnlyList<VirtualSubscription> people;
        string small, large;
        await using (var first = await StartAsync(("Pushbell__Role", "api")))
        {
            people = await RegisterAsync(first, 120);
            large = (await first.CallAsync("/send", Broadcast)).Text("request_id")!;
            await first.RegisterAsync(pushService, "ann");
            small = (await first.CallAsync("/send", new { title = "T", body = "B", target_user_ids = new[] { "ann" }, async_mode = true })).Text("request_id")!;
            (await first.CallAsync("/requests/" + large)).Text("status").ShouldBe("queued");
            first.Kill();
            await first.EndedAsync();
        }

        await using var second = await StartAsync();
        (await second.CompletedAsync(large)).Number("successful_sends").ShouldBe(120);
        (await second.CompletedAsync(small)).Number("successful_sends").ShouldBe(1);
        people.ShouldAllBe(person => person.MessageCount == 1);
    }

    private Task<ServerProcess> StartAsync(params (string Name, string Value)[] settings) =>
        ServerProcess.StartAsync(folder.Path, pushService, settings);

    private async Task<IReadOnlyList<VirtualSubscription>> RegisterAsync(ServerProcess server, int count)
    {
        var people = new List<VirtualSubscription>();
        while (people.Count < count)
        {
            people.Add(await server.RegisterAsync(pushService));
        }

        return people;
    }

    private static int Reached(IEnumerable<VirtualSubscription> people) => people.Count(person => person.MessageCount > 0);

    private static async Task<HttpStatusCode> StatusAsync(ServerProcess server, string path)
    {
        using var response = await server.Http.GetAsync(path);
        return response.StatusCode;
    }
}
