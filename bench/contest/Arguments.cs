using System.Globalization;

namespace Pushbell.Bench.Contest;

/// <summary>The command line of a contest: <c>--rounds=7 --seconds=2 --json=file</c>.</summary>
/// <param name="Rounds">That count; one more warms up.</param>
/// <param name="Turn">How long each contestant works in each.</param>
/// <param name="JsonFile">Where the figures go once more.</param>
public sealed record Arguments(int Rounds, TimeSpan Turn, string? JsonFile)
{
    public static Arguments Parse(IEnumerable<string> arguments) =>
        arguments.Aggregate(
            new Arguments(7, TimeSpan.FromSeconds(2), null),
            static (all, argument) =>
                argument.Split('=', 2) switch
                {
                    ["--rounds", var value] => all with { Rounds = int.Parse(value, CultureInfo.InvariantCulture) },
                    ["--seconds", var value] => all with { Turn = TimeSpan.FromSeconds(double.Parse(value, CultureInfo.InvariantCulture)) },
                    ["--json", var value] => all with { JsonFile = value },
                    _ => throw new FormatException($"{argument}? Arguments: --rounds=7 --seconds=2 --json=file"),
                }
        );
}
