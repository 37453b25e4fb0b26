using System.CommandLine;

namespace Pushbell.Server.Cli.Completion;

/// <summary><c>pushbell completion bash|zsh|fish</c></summary>
internal static class CompletionCommand
{
    public static Command Create(CommandRunner runner)
    {
        var shell = new Argument<string>("shell") { HelpName = string.Join('|', Scripts.Shells), Description = "Which shell." };
        shell.AcceptOnlyFromAmong([.. Scripts.Shells]);
        return runner.RunsAtRest(
            new Command("completion", "Print a script that lets a shell complete commands and options.") { shell },
            rest =>
            {
                var name = rest.Line.GetRequiredValue(shell);
                return Task.FromResult(new ScriptAnswer(name, Scripts.For(name)).ToAnswer());
            }
        );
    }
}

internal sealed record ScriptAnswer(string Shell, string Script)
{
    public Answer ToAnswer() => Answer.Of(this, CliJson.Default.ScriptAnswer, Script);
}
