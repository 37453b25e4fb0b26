using Pushbell.Server.Cli;

namespace Pushbell.Server.Tests.Cli;

public sealed class CommandLineTests : IAsyncLifetime
{
    private readonly TemporaryInstallation installation = new();

    public ValueTask InitializeAsync() => installation.InitializeAsync();

    [Theory]
    [InlineData("", "")]
    [InlineData("--urls=http://127.0.0.1:0", "--urls=http://127.0.0.1:0")]
    [InlineData("--urls http://127.0.0.1:0 --Pushbell:Role=api", "--urls http://127.0.0.1:0 --Pushbell:Role=api")]
    [InlineData("Pushbell:Role=api", "Pushbell:Role=api")]
    [InlineData("serve", "")]
    [InlineData("serve --Pushbell:Role=api", "--Pushbell:Role=api")]
    public void ServerSettings_OfNothingButSettings_AreTheServers(string line, string settings) =>
        CommandLine.ServerSettings(Words(line)).ShouldBe(Words(settings));

    [Theory]
    [InlineData("key list")]
    [InlineData("organization create --name=Ada")]
    [InlineData("--help")]
    [InlineData("--help key")]
    [InlineData("--version")]
    [InlineData("serve --help")]
    [InlineData("serve now")]
    [InlineData("--json key list")]
    [InlineData("nonsense")]
    public void ServerSettings_OfACommand_AreNone(string line) => CommandLine.ServerSettings(Words(line)).ShouldBeNull();

    [Theory]
    [InlineData("nonsense", "nonsense")]
    [InlineData("key", "Required command")]
    [InlineData("key create", "--kind")]
    [InlineData("key list --nonsense", "--nonsense")]
    [InlineData("serve now", "now")]
    [InlineData("--json key list", "--json")]
    public async Task RunAsync_OfAWrongLine_SaysWhatIsWrongAndWhereToLook(string line, string wrong)
    {
        var ended = await installation.Terminal.RunAsync(Words(line));

        ended.ShouldFail(2, wrong);
        ended.Error.ShouldContain("--help");
        (await installation.Storage.TablesAsync()).ShouldBeEmpty("nothing was opened");
    }

    [Theory]
    [InlineData("statsu", "Did you mean status?")]
    [InlineData("client list", "Did you mean clients?")]
    [InlineData("key lst", "Did you mean list?")]
    [InlineData("key list --jsno", "Did you mean --json?")]
    public async Task RunAsync_OfASlip_SaysWhatMayHaveBeenMeant(string line, string meant) =>
        (await installation.Terminal.RunAsync(Words(line))).ShouldFail(2, meant);

    [Fact]
    public async Task RunAsync_OfAnotherWord_GuessesNothing() =>
        (await installation.Terminal.RunAsync("deploy")).Error.ShouldNotContain("Did you mean");

    [Fact]
    public async Task RunAsync_OfHelp_NamesEveryCommand()
    {
        var ended = await installation.Terminal.RunAsync("--help");

        ended.ExitCode.ShouldBe(0);
        foreach (
            var command in
            new[]
            {
                "serve", "organization", "service", "key", "vapid", "plan", "credits", "send", "notification", "clients", "alarm", "status", "doctor", "move",
                "completion",
            }
        )
        {
            ended.Output.ShouldContain($"  {command} ");
        }
    }

    [Fact]
    public async Task RunAsync_WithAnUnknownSetting_FailsWithItsName() =>
        (await installation.Terminal.RunAsync("organization", "list", "--Pushbell:Nonsense=1")).ShouldFail(1, "Pushbell:Nonsense is not a setting");

    [Fact]
    public async Task RunAsync_WithABadMasterKey_Fails() =>
        (await installation.Terminal.RunAsync("organization", "list", "--Pushbell:MasterKey=short")).ShouldFail(1, "openssl rand -base64 32");

    [Theory]
    [InlineData("serve --Pushbell:Nonsense=1")]
    [InlineData("--Pushbell:Nonsense=1")]
    public async Task Executable_ToldToServeWithABadSetting_Exits1(string line) =>
        (await installation.Terminal.RunExecutableAsync(Words(line))).ShouldFail(1, "Pushbell:Nonsense is not a setting");

    [Fact]
    public async Task Executable_WithAWrongLine_Exits2() => (await installation.Terminal.RunExecutableAsync("key", "nonsense")).ShouldFail(2, "nonsense");

    public ValueTask DisposeAsync() => installation.DisposeAsync();

    private static string[] Words(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
