using System.CommandLine;
using System.CommandLine.Parsing;

namespace Pushbell.Server.Cli;

/// <summary>What is said of a wrong line: what is wrong, what may have been meant, and where to look.</summary>
internal static class UsageErrors
{
    // A slip of two letters; with more it is another word.
    private const int MostSlips = 2;

    public static async Task WriteAsync(ParseResult parsed, TextWriter error)
    {
        foreach (var problem in parsed.Errors)
        {
            await error.WriteLineAsync(problem.Message);
        }

        foreach (var word in parsed.UnmatchedTokens)
        {
            if (MeantBy(word, parsed.CommandResult) is { Length: > 0 } meant)
            {
                await error.WriteLineAsync($"Did you mean {string.Join(" or ", meant)}?");
            }
        }

        await error.WriteLineAsync($"What it takes: {PathOf(parsed.CommandResult)} --help");
    }

    /// <summary>The nearest names of commands and options at that place.</summary>
    private static string[] MeantBy(string word, CommandResult at)
    {
        var near = at
            .Command.Subcommands.SelectMany(command => command.Aliases.Prepend(command.Name))
            .Concat(at.Command.Options.Select(option => option.Name))
            .Select(name => (Name: name, Slips: Slips(word, name)))
            .Where(candidate => candidate.Slips <= MostSlips && candidate.Slips * 2 < word.Length)
            .ToArray();
        return [.. near.Where(candidate => candidate.Slips == near.Min(other => other.Slips)).Select(candidate => candidate.Name)];
    }

    /// <summary>How many letters were left out, added, changed or swapped with their neighbour.</summary>
    private static int Slips(string typed, string meant)
    {
        var table = new int[typed.Length + 1, meant.Length + 1];
        for (var row = 0; row <= typed.Length; row++)
        {
            for (var column = 0; column <= meant.Length; column++)
            {
                table[row, column] = row == 0 || column == 0 ? row + column : Nearest(table, typed, meant, row, column);
            }
        }

        return table[typed.Length, meant.Length];
    }

    private static int Nearest(int[,] table, string typed, string meant, int row, int column)
    {
        var changed = table[row - 1, column - 1] + (typed[row - 1] == meant[column - 1] ? 0 : 1);
        var least = Math.Min(changed, Math.Min(table[row - 1, column], table[row, column - 1]) + 1);
        var isSwap = row > 1 && column > 1 && typed[row - 1] == meant[column - 2] && typed[row - 2] == meant[column - 1];
        return isSwap ? Math.Min(least, table[row - 2, column - 2] + 1) : least;
    }

    private static string PathOf(CommandResult? result)
    {
        var path = new Stack<string>();
        for (; result is not null; result = result.Parent as CommandResult)
        {
            path.Push(result.Command.Name);
        }

        return string.Join(' ', path);
    }
}
