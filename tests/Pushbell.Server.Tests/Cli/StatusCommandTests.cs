using System.Text.Json;
using Pushbell.Testing;

namespace Pushbell.Server.Tests.Cli;

public sealed class StatusCommandTests : IAsyncLifetime
{
    private RunningServer server = null!;

    public async ValueTask InitializeAsync() => server = await RunningServer.StartAsync();

    [Fact]
    public async Task Status_AfterASend_TellsOfDatabaseQueueAndOrganization()
    {
        var terminal = Terminal.Beside(server);
        await server.RegisterAsync();
        await terminal.JsonAsync("plan", "set", "custom", "--hourly", "10");
        await terminal.JsonAsync("credits", "add", "5");
        await terminal.JsonAsync("send", "--all", "--title", "T", "--body", "B", "--wait");

        var status = await terminal.JsonAsync("status");
        var text = await terminal.RunAsync("status");

        var database = status.GetProperty("database");
        database.Text("engine").ShouldBe(TestEngineAttribute.Chosen == Engine.PostgreSql ? "postgresql" : "sqlite");
        database.GetProperty("size_bytes").GetInt64().ShouldBeGreaterThan(50_000);
        database.GetProperty("schema_version").GetInt32().ShouldBe(database.GetProperty("latest_schema_version").GetInt32());
        status.GetProperty("queue").ShouldBe(
            ("pending_deliveries", 0),
            ("unclaimed_deliveries", 0),
            ("leased_batches", 0),
            ("waiting_batches", 0),
            ("due_batches", 0),
            ("overdue_batches", 0),
            ("oldest_due_at", null)
        );
        status.GetProperty("last_minute").ShouldBe(("notifications_ended", 1), ("accepted", 1), ("failed", 0));
        status.GetProperty("open_alarms").GetInt32().ShouldBe(0);
        var organization = status.GetProperty("organizations").EnumerateArray().Single();
        organization.ShouldBe(
            ("organization_id", organization.Text("organization_id")),
            ("name", "My Organization"),
            ("plan", "custom"),
            ("hourly_used", 1),
            ("hourly_limit", 10),
            ("daily_used", 1),
            ("daily_limit", null),
            ("credits", 4),
            ("credits_held", 0),
            ("pending_deliveries", 0),
            ("open_alarms", 0)
        );
        text.Output.ShouldContain("1 notifications ended: 1 deliveries accepted, 0 not");
        text.Output.ShouldContain("1 of 10");
        text.Output.ShouldNotContain("does a server run?");
    }

    [Fact]
    public async Task Status_OfAScheduledSend_HasItWaiting()
    {
        var terminal = Terminal.Beside(server);
        await server.RegisterAsync();
        var at = TimeProvider.System.GetUtcNow().AddDays(1).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'");
        await terminal.JsonAsync("send", "--all", "--title", "T", "--body", "B", "--at", at);

        var queue = (await terminal.JsonAsync("status")).GetProperty("queue");

        (queue.GetProperty("pending_deliveries").GetInt32(), queue.GetProperty("waiting_batches").GetInt32(), queue.GetProperty("due_batches").GetInt32())
            .ShouldBe((1, 1, 0));
    }

    [Fact]
    public async Task Status_Watched_LooksAgainUntilItIsStopped()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no SIGINT to send.");
        using var watch = Terminal.Beside(server).Start("status", "--watch", "--json");

        var first = JsonDocument.Parse((await watch.StandardOutput.ReadLineAsync())!).RootElement;
        var second = JsonDocument.Parse((await watch.StandardOutput.ReadLineAsync())!).RootElement;
        var ended = await Terminal.InterruptAsync(watch);

        ended.ExitCode.ShouldBe(0, ended.Error);
        ended.Error.ShouldBeEmpty();
        second.GetProperty("at").GetDateTime().ShouldBeGreaterThan(first.GetProperty("at").GetDateTime());
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();
}
