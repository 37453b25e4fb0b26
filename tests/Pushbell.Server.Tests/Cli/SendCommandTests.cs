using System.Net;
using System.Text.Json;
using Pushbell.Testing;

namespace Pushbell.Server.Tests.Cli;

/// <summary>What a command sends, the server beside it delivers; and the API's rules hold for it.</summary>
public sealed class SendCommandTests : IAsyncLifetime
{
    private static readonly string[] Hello = ["send", "--title", "Hello", "--body", "World"];
    private RunningServer server = null!;

    public async ValueTask InitializeAsync() => server = await RunningServer.StartAsync();

    private Terminal Terminal => Terminal.Beside(server);

    [Fact]
    public async Task Send_ToAll_WaitsForTheServerToDeliver()
    {
        var clients = new[] { await server.RegisterAsync(), await server.RegisterAsync() };

        var sent = await Terminal.JsonAsync([.. Hello, "--all", "--wait"]);

        var request = sent.Text("request_id");
        request.ShouldMatch("^req_[0-9a-z]{13}$");
        sent.ShouldBe(
            ("request_id", request),
            ("status", "completed"),
            ("total_targets", 2),
            ("successful_sends", 2),
            ("failed_sends", 0),
            ("pending", 0),
            ("outcomes", new { accepted = 2, gone = 0, rejected = 0, expired = 0, cancelled = 0 }),
            ("receipts", new { shown = 0, clicked = 0, dismissed = 0, link_clicks = 0 }),
            ("invalid_registrations", Array.Empty<string>()),
            ("withdrawn", 0),
            ("created_at", sent.GetProperty("created_at").GetDateTime()),
            ("send_at", null),
            ("completed_at", sent.GetProperty("completed_at").GetDateTime())
        );
        clients.ShouldAllBe(client => client.Subscription.Messages.Single().DecryptionError == null);
    }

    [Fact]
    public async Task Send_WithEveryField_ShowsThemAll()
    {
        var client = await server.RegisterAsync();

        await Terminal.JsonAsync(
            [
                .. Hello, "--all", "--wait", "--url", "https://app.example.com/news", "--icon", "https://app.example.com/i.png",
                "--badge", "https://app.example.com/b.png", "--image", "https://app.example.com/l.png", "--tag", "news", "--topic", "news-1",
                "--urgency", "high", "--ttl", "60", "--badge-count", "3", "--require-interaction", "--silent", "--renotify",
                "--data", """{"order": 17}""", "--actions", """[{"action": "open", "title": "Open", "url": "https://app.example.com/o"}]""",
            ]
        );

        var message = client.Subscription.Messages.Single();
        message.Headers["Urgency"].ShouldBe("high");
        message.Headers["Topic"].ShouldBe("news-1");
        int.Parse(message.Headers["TTL"]).ShouldBeInRange(1, 60);
        var shown = JsonDocument.Parse(message.Text!).RootElement.GetProperty("notification");
        shown.ShouldBe(
            ("title", "Hello"),
            ("body", "World"),
            ("tag", "news"),
            ("navigate", "https://app.example.com/news"),
            ("icon", "https://app.example.com/i.png"),
            ("badge", "https://app.example.com/b.png"),
            ("image", "https://app.example.com/l.png"),
            ("requireInteraction", true),
            ("silent", true),
            ("renotify", true),
            ("actions", new[] { new { action = "open", title = "Open", navigate = "https://app.example.com/o" } }),
            ("app_badge", 3),
            ("data", new { order = 17 })
        );
    }

    [Fact]
    public async Task Send_ToPeopleAndClients_ReachesTheirsOnly()
    {
        var ada = await server.RegisterAsync("ada@example.com");
        var bob = await server.RegisterAsync(userId: "bob");
        var file = Path.Combine(server.Storage.Folder, "people.txt");
        await File.WriteAllTextAsync(file, " Ada@Example.com \n\nnobody@example.com\n");

        foreach (var (target, reached) in new (string[], RegisteredClient)[]
        {
            (["--email", "ada@example.com", "--email", "nobody@example.com"], ada),
            (["--user-id", "bob"], bob),
            (["--registration", ada.Id], ada),
            (["--emails-file", file], ada),
        })
        {
            var before = (ada.Subscription.MessageCount, bob.Subscription.MessageCount);
            (await Terminal.JsonAsync([.. Hello, .. target, "--wait"])).GetProperty("total_targets").GetInt32().ShouldBe(1, target[0]);
            var after = (ada.Subscription.MessageCount, bob.Subscription.MessageCount);
            after.ShouldBe(reached == ada ? (before.Item1 + 1, before.Item2) : (before.Item1, before.Item2 + 1), target[0]);
        }
    }

    [Fact]
    public async Task Send_DryRun_CountsAndKeepsNothing()
    {
        var client = await server.RegisterAsync();

        var dry = await Terminal.JsonAsync([.. Hello, "--registration", client.Id, "--registration", "reg_unknown", "--dry-run"]);

        dry.GetProperty("request_id").ValueKind.ShouldBe(JsonValueKind.Null);
        dry.Text("status").ShouldBe("dry_run");
        dry.GetProperty("total_targets").GetInt32().ShouldBe(1);
        dry.GetProperty("invalid_registrations").EnumerateArray().Select(id => id.GetString()).ShouldBe(["reg_unknown"]);
        (await Terminal.JsonAsync("notification", "list")).GetProperty("notifications").GetArrayLength().ShouldBe(0);
        client.Subscription.MessageCount.ShouldBe(0);
    }

    [Fact]
    public async Task Send_At_IsScheduled()
    {
        await server.RegisterAsync();
        var at = TimeProvider.System.GetUtcNow().AddDays(1).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'");

        var sent = await Terminal.JsonAsync([.. Hello, "--all", "--at", at]);

        sent.Text("status").ShouldBe("scheduled");
        sent.Text("send_at").ShouldBe(at);
    }

    [Fact]
    public async Task Send_WithoutWaiting_SaysWhoDelivers()
    {
        var nobody = await Terminal.RunAsync([.. Hello, "--all"]);
        await server.RegisterAsync();
        var somebody = await Terminal.RunAsync([.. Hello, "--all"]);

        nobody.Output.ShouldStartWith("There was nobody to send to.");
        somebody.Output.ShouldStartWith("Accepted; a running server delivers it.");
        (nobody.ExitCode, somebody.ExitCode).ShouldBe((0, 0));
    }

    /// <summary>The rules are the API's own: so are the sentences.</summary>
    [Theory]
    [InlineData("""{"title": "Hello", "body": ""}""", "--title", "Hello", "--body", "")]
    [InlineData("""{"title": "Hello", "body": "World", "url": "/news"}""", "--title", "Hello", "--body", "World", "--url", "/news")]
    [InlineData("""{"title": "Hello", "body": "World", "topic": "no blanks"}""", "--title", "Hello", "--body", "World", "--topic", "no blanks")]
    [InlineData("""{"title": "Hello", "body": "World", "data": [1]}""", "--title", "Hello", "--body", "World", "--data", "[1]")]
    [InlineData("""{"title": "Hello", "body": "World", "actions": [{"action": "a"}]}""", "--title", "Hello", "--body", "World", "--actions", """[{"action": "a"}]""")]
    [InlineData("""{"title": "Hello", "body": "World", "send_at": "tomorrow"}""", "--title", "Hello", "--body", "World", "--at", "tomorrow")]
    public async Task Send_AgainstARule_IsRefusedInTheWordsOfTheApi(string body, params string[] options)
    {
        var fields = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(body)!;
        fields["target_all"] = JsonSerializer.SerializeToElement(true);

        using var response = await server.V2Async(HttpMethod.Post, "/send", fields);
        var ended = await Terminal.RunAsync(["send", "--all", .. options]);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        ended.ShouldFail(1, (await RunningServer.JsonOf(response)).Text("detail"));
    }

    [Theory]
    [InlineData("exactly one of")]
    [InlineData("exactly one of", "--all", "--email", "ada@example.com")]
    [InlineData("'soon' must be a whole number", "--all", "--ttl", "soon")]
    [InlineData("--data: is not the JSON", "--all", "--data", "{order: 17}")]
    [InlineData("--actions: is not the JSON", "--all", "--actions", "{}")]
    [InlineData("'urgent'", "--all", "--urgency", "urgent")]
    [InlineData("--wait only", "--all", "--timeout", "5")]
    [InlineData("nothing that --wait", "--all", "--dry-run", "--wait")]
    [InlineData("no-such-file", "--emails-file", "no-such-file")]
    public async Task Send_OfAWrongLine_IsAUsageError(string sentence, params string[] options) =>
        (await Terminal.RunAsync([.. Hello, .. options])).ShouldFail(2, sentence);

    [Fact]
    public async Task Send_ToAFileThatCannotBeRead_SaysWhichInOneLine()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Elsewhere there is no file that nobody can read, not even root.");
        await server.RegisterAsync();

        var ended = await Terminal.RunAsync([.. Hello, "--emails-file", "/proc/self/mem"]);

        ended.ShouldFail(1, "/proc/self/mem");
        ended.Error.TrimEnd().ShouldNotContain('\n');
    }

    [Fact]
    public async Task Send_OfAServiceThatIsOff_IsRefused()
    {
        await Terminal.JsonAsync("service", "set", "--off");

        (await Terminal.RunAsync([.. Hello, "--all"])).ShouldFail(1, "Push notifications are switched off for this service. See: pushbell service set --on");
    }

    [Fact]
    public async Task Send_BeyondTheCredits_IsRefusedAndKeepsNothing()
    {
        await server.RegisterAsync();
        await server.RegisterAsync();
        await Terminal.JsonAsync("credits", "add", "1");

        (await Terminal.RunAsync([.. Hello, "--all"])).ShouldFail(1, "credit");

        (await Terminal.JsonAsync("notification", "list")).GetProperty("notifications").GetArrayLength().ShouldBe(0);
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();
}
