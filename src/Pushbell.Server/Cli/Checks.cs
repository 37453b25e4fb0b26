using System.CommandLine;
using System.CommandLine.Parsing;

namespace Pushbell.Server.Cli;

/// <summary>What a value on the line must be, checked before anything is opened.</summary>
internal static class Checks
{
    /// <summary>Refuses the values for which <paramref name="problemOf"/> has a sentence.</summary>
    public static Option<T> Checked<T>(this Option<T> option, Func<string, string?> problemOf)
    {
        option.Validators.Add(result =>
        {
            foreach (var problem in result.Tokens.Select(token => problemOf(token.Value)).OfType<string>())
            {
                result.AddError($"{option.Name}: {problem}");
            }
        });
        return option;
    }

    /// <summary>How many lines a list has at most.</summary>
    public static Option<long?> LimitOption(int otherwise, int most) =>
        new("--limit")
        {
            HelpName = "N",
            Description = "How many to list.",
            DefaultValueFactory = _ => otherwise,
            CustomParser = WholeNumber("--limit", 1, most),
        };

    public static int LimitOf(ParseResult line, Option<long?> limit) => (int)line.GetValue(limit)!.Value;

    /// <summary>A parser of whole numbers in a range.</summary>
    public static Func<ArgumentResult, long?> WholeNumber(string name, long least, long most) =>
        result =>
        {
            var text = result.Tokens.SingleOrDefault()?.Value;
            if (long.TryParse(text, out var number) && number >= least && number <= most)
            {
                return number;
            }

            result.AddError($"{name}: '{text}' must be a whole number from {least} to {most}.");
            return null;
        };
}
