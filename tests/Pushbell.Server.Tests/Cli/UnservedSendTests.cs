using System.Text.Json;
using Pushbell.Testing;

namespace Pushbell.Server.Tests.Cli;

/// <summary>Sends that nobody delivers: the server only takes requests.</summary>
public sealed class UnservedSendTests : IAsyncLifetime
{
    private readonly ManualTimeProvider clock = new();
    private RunningServer server = null!;

    public async ValueTask InitializeAsync()
    {
        server = await RunningServer.StartAsync(clock, ("Pushbell:Role", "api"));
        await server.RegisterAsync();
    }

    [Fact]
    public async Task Wait_LongerThanItsTimeout_FailsAndStillTellsTheId()
    {
        var waiting = Terminal.Beside(server, clock).RunAsync("send", "--all", "--title", "Hello", "--body", "World", "--wait", "--timeout", "5", "--json");
        await Eventually.HoldsAsync(() => Task.FromResult(waiting.IsCompleted), clock);

        var ended = await waiting;

        ended.ExitCode.ShouldBe(1);
        var sent = JsonDocument.Parse(ended.Output).RootElement;
        sent.Text("request_id").ShouldStartWith("req_");
        sent.Text("status").ShouldBe("queued");
        sent.GetProperty("pending").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task Wait_StoppedByCtrlC_FailsAndStillTellsTheId()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no SIGINT to send.");
        var terminal = Terminal.Beside(server, clock);
        using var waiting = terminal.Start("send", "--all", "--title", "Hello", "--body", "World", "--wait", "--json");
        var request = "";
        await Eventually.HoldsAsync(async () =>
        {
            var sent = (await terminal.JsonAsync("notification", "list")).GetProperty("notifications");
            request = sent.GetArrayLength() == 0 ? "" : sent[0].Text("request_id");
            return request.Length > 0 || waiting.HasExited;
        });

        var ended = await Terminal.InterruptAsync(waiting);

        ended.ExitCode.ShouldBe(1, ended.Error);
        JsonDocument.Parse(ended.Output).RootElement.Text("request_id").ShouldBe(request);
    }

    [Fact]
    public async Task Status_OfWorkThatNobodyComesFor_SaysSo()
    {
        var terminal = Terminal.Beside(server, clock);
        await terminal.JsonAsync("send", "--all", "--title", "Hello", "--body", "World");
        var at = clock.GetUtcNow();
        clock.Advance(TimeSpan.FromMinutes(2));

        var status = (await terminal.JsonAsync("status")).GetProperty("queue");
        var text = await terminal.RunAsync("status");

        status.ShouldBe(
            ("pending_deliveries", 1),
            ("unclaimed_deliveries", 0),
            ("leased_batches", 0),
            ("waiting_batches", 0),
            ("due_batches", 1),
            ("overdue_batches", 1),
            ("oldest_due_at", at.UtcDateTime)
        );
        text.Output.ShouldContain("nobody comes for it: does a server run?");
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();
}
