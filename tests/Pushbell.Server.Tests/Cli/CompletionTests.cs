using Pushbell.Testing;

namespace Pushbell.Server.Tests.Cli;

/// <summary>The scripts ask the program; bash is asked in turn, as it would be by somebody who presses Tab.</summary>
public sealed class CompletionTests : IAsyncLifetime
{
    private readonly TemporaryInstallation installation = new();

    public ValueTask InitializeAsync() => installation.InitializeAsync();

    [Theory]
    [InlineData("pushbell ke", "key")]
    [InlineData("pushbell key cr", "create")]
    [InlineData("pushbell notification ", "cancel deliveries list show")]
    [InlineData("pushbell key create --ki", "--kind")]
    [InlineData("pushbell key create --kind pub", "publishable")]
    [InlineData("pushbell completion z", "zsh")]
    public async Task Bash_PressingTab_IsOfferedWhatFits(string line, string offered)
    {
        Assert.SkipUnless(File.Exists("/bin/bash"), "There is no bash here.");
        const string Script = """
            source <(pushbell completion bash)
            COMP_LINE=$1; COMP_POINT=${#COMP_LINE}; read -ra COMP_WORDS <<<"$COMP_LINE"
            [[ $COMP_LINE == *' ' ]] && COMP_WORDS+=('')
            COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
            _pushbell
            printf '%s\n' "${COMPREPLY[@]}"
            """;
        var path = new Dictionary<string, string> { ["PATH"] = $"{AppContext.BaseDirectory}:{Environment.GetEnvironmentVariable("PATH")}" };

        await using var bash = new ChildProgram(installation.Storage.Folder, path, "/bin/bash", "-c", Script, "bash", line);
        var words = (await bash.EndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        words.Where(word => !word.StartsWith('-') || offered.StartsWith('-')).Order().ShouldBe(offered.Split(' '));
    }

    [Theory]
    [InlineData("bash", "complete -F _pushbell pushbell")]
    [InlineData("zsh", "compdef _pushbell pushbell")]
    [InlineData("fish", "complete -c pushbell")]
    public async Task Completion_OfEachShell_IsItsScriptAndOpensNothing(string shell, string line)
    {
        var ended = await installation.Terminal.RunAsync("completion", shell);

        ended.ExitCode.ShouldBe(0, ended.Error);
        ended.Output.ShouldContain(line);
        (await installation.Terminal.JsonAsync("completion", shell)).ShouldBe(("shell", shell), ("script", ended.Output.TrimEnd()));
        (await installation.Storage.TablesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Completion_OfAnotherShell_IsAUsageError() => (await installation.Terminal.RunAsync("completion", "csh")).ShouldFail(2, "'csh'");

    public ValueTask DisposeAsync() => installation.DisposeAsync();
}
