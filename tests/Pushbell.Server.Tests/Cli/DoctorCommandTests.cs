using System.Text.Json;
using Pushbell.Testing;

namespace Pushbell.Server.Tests.Cli;

/// <summary>Nothing leaves this machine: --offline leaves the public push services out, and the trusted one is local.</summary>
public sealed class DoctorCommandTests : IAsyncLifetime
{
    private RunningServer server = null!;

    public async ValueTask InitializeAsync() => server = await RunningServer.StartAsync();

    private string Trusting => $"--Pushbell:PushServices:Trusted:0={server.PushService.HttpUrl.GetLeftPart(UriPartial.Authority)}";

    [Fact]
    public async Task Doctor_OfASoundInstallation_FindsNoProblem()
    {
        var ended = await ExamineAsync(Terminal.Beside(server), Trusting, "--Pushbell:PublicUrl=https://push.example.com");

        ended.ExitCode.ShouldBe(0, ended.Output);
        var findings = Findings(ended);
        findings.Values.SelectMany(found => found).ShouldAllBe(finding => finding.Text("level") != "problem");
        foreach (var subject in new[] { "configuration", "https", "push service", "clock", "database", "writing", "master key", "contact", "origins" })
        {
            findings[subject].ShouldAllBe(finding => finding.Text("level") == "ok" && finding.GetProperty("mend").ValueKind == JsonValueKind.Null, subject);
        }

        findings["encryption"].Single().Text("sentence").ShouldStartWith("Messages are encrypted by ");
        findings.ContainsKey("database clock").ShouldBe(TestEngineAttribute.Chosen == Engine.PostgreSql);
        findings.ContainsKey("disk").ShouldBe(TestEngineAttribute.Chosen != Engine.PostgreSql);
    }

    [Fact]
    public async Task Doctor_ForPeople_SaysHowToMendAndCounts()
    {
        var ended = await Terminal.Beside(server).RunAsync("doctor", "--offline", Trusting, "--Pushbell:PublicUrl=http://push.example.com");

        ended.ExitCode.ShouldBe(1);
        ended.Error.ShouldBeEmpty();
        ended.Output.ShouldContain("problem  https");
        ended.Output.ShouldContain("set e.g. Pushbell__PublicUrl=https://push.example.com");
        ended.Output.TrimEnd().ShouldMatch("1 problem, (No|\\d+) warnings?\\.$");
    }

    [Fact]
    public async Task Doctor_WithABadSetting_StopsAtIt()
    {
        var ended = await ExamineAsync(Terminal.Beside(server), "--Pushbell:Nonsense=1");

        ended.ExitCode.ShouldBe(1);
        var (subject, found) = Findings(ended).Single();
        subject.ShouldBe("configuration");
        found.Single().Text("sentence").ShouldContain("Pushbell:Nonsense is not a setting");
    }

    [Fact]
    public async Task Doctor_WithAnotherMasterKey_SaysThatItIsNotTheOne()
    {
        var other = Convert.ToBase64String(new byte[32]);

        var ended = await ExamineAsync(Terminal.Beside(server), Trusting, $"--Pushbell:MasterKey={other}");

        Problem(ended, "database").Text("mend").ShouldContain("not the one that this database was filled under");
    }

    [Fact]
    public async Task Doctor_WithATrustedOriginThatIsDown_NamesIt()
    {
        var origin = server.PushService.HttpUrl.GetLeftPart(UriPartial.Authority);
        await server.PushService.DisposeAsync();

        var ended = await ExamineAsync(Terminal.Beside(server), Trusting);

        Problem(ended, "push service").Text("sentence").ShouldBe($"{origin} does not answer (connect-refused), although Pushbell:PushServices:Trusted names it.");
        Findings(ended)["clock"].Single().Text("level").ShouldBe("warning");
    }

    /// <summary>The test's clock stands still in January; the push service's is the machine's.</summary>
    [Fact]
    public async Task Doctor_WithAWrongClock_TellsByHowMuch()
    {
        var ended = await ExamineAsync(Terminal.Beside(server, new ManualTimeProvider()), Trusting);

        Problem(ended, "clock").Text("sentence").ShouldContain("behind the push services'.");
        Problem(ended, "clock").Text("mend").ShouldContain("NTP");
    }

    [Fact]
    public async Task Doctor_OfAPlaceholderContactAndNoOrigin_Warns()
    {
        var terminal = Terminal.Beside(server);
        var organization = (await terminal.JsonAsync("organization", "create", "--name", "Bob")).Text("organization_id");
        await terminal.JsonAsync("service", "create", "--organization", organization, "--identifier", "bobs-app");
        await terminal.JsonAsync("service", "set", "--organization", organization, "--off");

        var findings = Findings(await ExamineAsync(terminal, Trusting));

        findings["contact"][1].ShouldBe(
            ("subject", "contact"),
            ("level", "warning"),
            ("sentence", "bobs-app has the placeholder push@example.com: Apple refuses its messages."),
            ("mend", "pushbell service set --service bobs-app --contact you@your-company.com")
        );
        findings["origins"][1].Text("sentence").ShouldBe("bobs-app allows no web origin: no browser can register.");
        findings["service"].Single().Text("sentence").ShouldStartWith("bobs-app is switched off");
    }

    [Fact]
    public async Task Doctor_OfALockedDatabase_SaysThatItTakesNoWrites()
    {
        await using var others = await server.Storage.LockAsync();

        var ended = await ExamineAsync(Terminal.Beside(server), Trusting, $"--ConnectionStrings:Pushbell={server.Storage.ImpatientConnectionString}");

        // SQLite does not even open for who cannot have its one writer.
        ended.ExitCode.ShouldBe(1, ended.Output);
        Findings(ended).Values.SelectMany(found => found).ShouldContain(finding => finding.Text("sentence").StartsWith("The database is unavailable: "));
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private static Task<Ended> ExamineAsync(Terminal terminal, params string[] more) => terminal.RunAsync(["doctor", "--offline", "--json", .. more]);

    private static Dictionary<string, JsonElement[]> Findings(Ended ended)
    {
        ended.Error.ShouldBeEmpty();
        return JsonDocument
            .Parse(ended.Output)
            .RootElement.GetProperty("findings")
            .EnumerateArray()
            .GroupBy(finding => finding.Text("subject"))
            .ToDictionary(group => group.Key, group => group.ToArray());
    }

    private static JsonElement Problem(Ended ended, string subject)
    {
        ended.ExitCode.ShouldBe(1, ended.Output);
        return Findings(ended)[subject].Single(finding => finding.Text("level") == "problem");
    }
}
