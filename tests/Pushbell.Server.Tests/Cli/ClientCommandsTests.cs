using System.Text.Json;
using Pushbell.Testing;

namespace Pushbell.Server.Tests.Cli;

public sealed class ClientCommandsTests : IAsyncLifetime
{
    private RunningServer server = null!;

    public async ValueTask InitializeAsync() => server = await RunningServer.StartAsync();

    private Terminal Terminal => Terminal.Beside(server);

    [Fact]
    public async Task Show_OfAKnownPerson_TellsAll()
    {
        var device = new { browser_name = "Chrome", browser_version = "120", os_name = "Windows", device_type = "desktop" };
        var client = await server.RegisterAsync("ada@example.com", "ada", details: [("device_info", device), ("language", "de"), ("is_installed", true)]);

        var shown = await Terminal.JsonAsync("clients", "show", client.Id);
        var text = await Terminal.RunAsync("clients", "show", client.Id);

        shown.Text("registration_id").ShouldBe(client.Id);
        shown.Text("status").ShouldBe("active");
        shown.Text("user_email").ShouldBe("ada@example.com");
        shown.Text("user_id").ShouldBe("ada");
        shown.Text("language").ShouldBe("de");
        shown.GetProperty("is_installed").GetBoolean().ShouldBeTrue();
        shown.GetProperty("device_info").Text("os_name").ShouldBe("Windows");
        shown.EnumerateObject().Select(field => field.Name).ShouldBe(
            [
                "registration_id", "organization_id", "service_id", "status", "status_reason", "user_email", "user_id", "is_installed", "language",
                "time_zone", "notification_count", "device_info", "last_active", "created_at",
            ]
        );
        text.Output.ShouldContain("ada@example.com (ada)");
        text.Output.ShouldContain("Chrome 120 on Windows, installed");
    }

    [Fact]
    public async Task List_Filtered_HoldsThoseOnly()
    {
        var ada = await server.RegisterAsync("ada@example.com");
        var bob = await server.RegisterAsync("bob@example.com");
        var anna = await server.RegisterAsync("ada@example.com");
        await Terminal.JsonAsync("clients", "deregister", anna.Id);

        Ids(await Terminal.JsonAsync("clients", "list")).ShouldBe([anna.Id, bob.Id, ada.Id]);
        Ids(await Terminal.JsonAsync("clients", "list", "--email", " Ada@Example.com ")).ShouldBe([anna.Id, ada.Id]);
        Ids(await Terminal.JsonAsync("clients", "list", "--status", "active")).ShouldBe([bob.Id, ada.Id]);
        Ids(await Terminal.JsonAsync("clients", "list", "--status", "unregistered", "--email", "ada@example.com")).ShouldBe([anna.Id]);
        (await Terminal.RunAsync("clients", "list", "--status", "expired")).Output.Trim().ShouldBe("No such clients.");
    }

    [Fact]
    public async Task List_InPages_IsWhole()
    {
        var clients = new List<string>();
        for (var number = 0; number < 5; number++)
        {
            clients.Insert(0, (await server.RegisterAsync()).Id);
        }

        var first = await Terminal.JsonAsync("clients", "list", "--limit", "3");
        var second = await Terminal.JsonAsync("clients", "list", "--limit", "3", "--after", first.Text("next"));

        Ids(first).Concat(Ids(second)).ShouldBe(clients);
        first.GetProperty("total").GetInt64().ShouldBe(5);
        second.GetProperty("next").ValueKind.ShouldBe(JsonValueKind.Null);
        (await Terminal.RunAsync("clients", "list", "--limit", "3")).Output.ShouldContain($"5 in all. More: --after {clients[2]}");
    }

    [Fact]
    public async Task Deregister_WithAReason_SendsToItNoMore()
    {
        var client = await server.RegisterAsync();

        var ended = await Terminal.JsonAsync("clients", "deregister", client.Id, "--reason", "left the company");
        var again = await Terminal.JsonAsync("clients", "deregister", client.Id);
        var sent = await Terminal.JsonAsync("send", "--all", "--title", "T", "--body", "B");

        ended.Text("status").ShouldBe("unregistered");
        ended.Text("status_reason").ShouldBe("left the company");
        again.GetRawText().ShouldBe(ended.GetRawText());
        sent.GetProperty("total_targets").GetInt32().ShouldBe(0);
    }

    [Fact]
    public async Task Why_ByEmailIdOrClient_NamesWhatStandsInTheWay()
    {
        var client = await server.RegisterAsync("ada@example.com", "ada");
        await Terminal.JsonAsync("clients", "deregister", client.Id, "--reason", "left the company");

        var whys = new List<JsonElement>();
        foreach (var person in new[] { " Ada@Example.com", "ada", client.Id })
        {
            whys.Add(await Terminal.JsonAsync("clients", "why", person));
        }

        foreach (var why in whys)
        {
            var worst = why.GetProperty("findings")[0];
            worst.Text("level").ShouldBe("problem");
            why.Text("verdict").ShouldBe(worst.Text("sentence"));
            worst.Text("what_to_do").ShouldNotBeEmpty();
        }

        (await Terminal.RunAsync("clients", "why", "ada")).Output.ShouldStartWith(whys[1].Text("verdict"));
        (await Terminal.JsonAsync("clients", "why", "bob@example.com")).Text("verdict").ShouldContain("bob@example.com");
    }

    [Fact]
    public async Task Commands_ThatChangeSomething_AreInTheAuditLog()
    {
        var client = await server.RegisterAsync();
        var sent = await Terminal.JsonAsync("send", "--all", "--title", "T", "--body", "B");
        await Terminal.JsonAsync("send", "--all", "--title", "T", "--body", "B", "--dry-run");
        await Terminal.JsonAsync("notification", "cancel", sent.Text("request_id"));
        await Terminal.JsonAsync("clients", "deregister", client.Id, "--reason", "left the company");

        var entries = (await Terminal.JsonAsync("audit", "list")).GetProperty("entries").EnumerateArray();

        entries.Select(entry => (entry.Text("actor"), entry.Text("action"), entry.Text("subject"))).ShouldBe(
            [
                ("command line", "client.deregister", client.Id),
                ("command line", "notification.cancel", sent.Text("request_id")),
                ("command line", "notification.send", sent.Text("request_id")),
            ]
        );
    }

    [Theory]
    [InlineData("show")]
    [InlineData("deregister")]
    public async Task Client_OfAnotherService_IsUnknownAndStays(string command)
    {
        var client = await server.RegisterAsync();
        var organization = (await Terminal.JsonAsync("organization", "create", "--name", "Bob")).Text("organization_id");
        await Terminal.JsonAsync("service", "create", "--organization", organization, "--identifier", "bobs-app");

        (await Terminal.RunAsync("clients", command, client.Id, "--organization", organization))
            .ShouldFail(1, $"There is no client '{client.Id}'. See: pushbell clients list");
        (await Terminal.RunAsync("clients", command, "reg_nonsense", "--organization", organization)).ShouldFail(1, "There is no client 'reg_nonsense'.");
        using var own = await server.V2Async(HttpMethod.Get, $"/clients/{client.Id}");
        (await RunningServer.JsonOf(own)).Text("status").ShouldBe("active");
    }

    [Theory]
    [InlineData("'nobody' is not an email address", "--email", "nobody")]
    [InlineData("'lost'", "--status", "lost")]
    [InlineData("'req_1' is no client", "--after", "req_1")]
    [InlineData("'0' must be a whole number", "--limit", "0")]
    public async Task List_OfAWrongLine_IsAUsageError(string sentence, params string[] options) =>
        (await Terminal.RunAsync(["clients", "list", .. options])).ShouldFail(2, sentence);

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private static IEnumerable<string> Ids(JsonElement list) => list.GetProperty("clients").EnumerateArray().Select(entry => entry.Text("registration_id"));
}
