using System.CommandLine;
using Pushbell.Server.Cli;
using Pushbell.Testing;

namespace Pushbell.Server.Tests.Cli;

/// <summary>docs/cli.md names every command with an example, and no other.</summary>
public sealed class ReferenceTests
{
    private static readonly string Reference = Checkout.Read("docs", "cli.md");

    [Fact]
    public void Reference_HasAnExampleOfEveryCommand() =>
        Leaves(CommandLine.Commands(new CommandRunner([], TimeProvider.System)), "pushbell")
            .Where(path => path != "pushbell serve")
            .Where(path => !Examples().Any(line => line == path || line.StartsWith(path + " ", StringComparison.Ordinal)))
            .ShouldBeEmpty();

    [Fact]
    public void Reference_Examples_AreLinesThatAreRight()
    {
        var root = CommandLine.Commands(new CommandRunner([], TimeProvider.System));

        foreach (var line in Examples())
        {
            // Files that an example names are the reader's.
            root.Parse(line["pushbell ".Length..]).Errors.Where(error => !error.Message.StartsWith("File does not exist", StringComparison.Ordinal))
                .Select(error => error.Message).ShouldBeEmpty(line);
        }
    }

    private static IEnumerable<string> Examples() =>
        Reference.Split('\n').Where(line => line.StartsWith("pushbell ", StringComparison.Ordinal)).Select(line => line.Split(" # ")[0].TrimEnd());

    private static IEnumerable<string> Leaves(Command command, string path) =>
        command.Subcommands.Count == 0 ? [path] : command.Subcommands.SelectMany(child => Leaves(child, $"{path} {child.Name}"));
}
