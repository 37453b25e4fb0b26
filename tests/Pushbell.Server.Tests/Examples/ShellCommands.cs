using System.Text;

namespace Pushbell.Server.Tests.Examples;

/// <summary>The curl commands of a text, over as many lines as each has.</summary>
internal static class ShellCommands
{
    public static IReadOnlyList<string> In(string text)
    {
        var commands = new List<string>();
        StringBuilder? command = null;
        foreach (var line in text.Split('\n').Select(line => line.TrimEnd()))
        {
            command ??= line.StartsWith("curl ", StringComparison.Ordinal) ? new StringBuilder() : null;
            command?.Append(line).Append('\n');
            if (command is not null && IsWhole(command.ToString()))
            {
                commands.Add(command.ToString());
                command = null;
            }
        }

        return commands;
    }

    /// <summary>Neither a backslash nor an open quotation carries it on.</summary>
    private static bool IsWhole(string command) => !command.EndsWith("\\\n", StringComparison.Ordinal) && command.Count(c => c == '\'') % 2 == 0;
}
