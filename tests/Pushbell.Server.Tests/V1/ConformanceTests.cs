using Pushbell.LocalPushService.Faults;
using Pushbell.Server.Tests.Examples;
using Pushbell.Server.Tests.V1.Rows;
using Pushbell.Testing;

namespace Pushbell.Server.Tests.V1;

/// <summary>Every row of the table, against one server.</summary>
public sealed class ConformanceTests(ConformanceTests.Setting setting) : IClassFixture<ConformanceTests.Setting>
{
    private static readonly IReadOnlyList<Row> Rows =
    [
        .. SendRows.All,
        .. MalformedRows.All,
        .. KeyRows.All,
        .. SubscriptionRows.All,
        .. EndpointRows.All,
        .. HttpRows.All,
    ];

    public static TheoryData<string> Cases => [.. Rows.Select(row => row.Case)];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Row_Asked_AnswersToTheLetter(string name)
    {
        var server = setting.Server;
        var number = Rows.Index().Single(row => row.Item.Case == name).Index;
        var row = Rows[number];
        var email = $"person.{number:d3}@example.com";
        for (var gone = 0; gone < row.GoneDevices; gone++)
        {
            await server.SubscribeAsync(email, new ScriptedAnswer { Status = 410 });
            (await server.SendAsync(email)).Status.ShouldBe(200);
        }

        foreach (var status in row.Devices)
        {
            await server.SubscribeAsync(email, new ScriptedAnswer { Status = status, Repeat = true });
        }

        var device = server.PushService.CreateSubscription();
        var body = row
            .Request.Body.Replace("{email}", email)
            .Replace("{EMAIL}", email.ToUpperInvariant())
            .Replace("{endpoint}", device.Endpoint)
            .Replace("{p256dh}", device.P256dh)
            .Replace("{auth}", device.Auth);
        var before = row.Status >= 400 ? await DatabaseContents.ReadAsync(server) : null;
        var answer = await server.AskAsync(row.Request with { Body = body });

        answer.ShouldBe(row.Status, row.Answer);
        if (before is not null)
        {
            (await DatabaseContents.ReadAsync(server)).ShouldBe(before, "A refused request must change nothing.");
        }

        answer.Header("Content-Type").ShouldBe("application/json; charset=utf-8");
    }

    [Fact]
    public void Table_InEachRow_CitesASentence()
    {
        Rows.Count.ShouldBeGreaterThanOrEqualTo(80);
        Rows.Select(row => row.Case).ShouldBeUnique();
        var sentences = Page.Sentences.Concat(Room.Sentences).ToHashSet();
        Rows.ShouldAllBe(row => sentences.Contains(row.Cites));
    }

    [Fact]
    public void Sentences_OfThePage_StandOnThePage()
    {
        var page = ExamplePages.PublishedText("pushservice-api.txt");
        Assert.SkipWhen(page is null, "The published page is not beside the checkout.");

        Page.Sentences.ShouldAllBe(sentence => page!.Contains(sentence));
    }

    /// <summary>No metering, and no limit that a table would reach.</summary>
    public sealed class Setting : SharedServer
    {
        protected override Task<RunningServer> StartAsync() =>
            RunningServer.StartAsync(settings: ("Pushbell:Limits:SendsPerMinute", "100000"));
    }
}
