using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Pushbell.Simulation.Store;

namespace Pushbell.Simulation;

/// <summary>What the command line asks for.</summary>
internal sealed record Options
{
    private const string Usage = "usage: [--seeds N] [--from N] [--seed N [--trace]] [--plant lost-fence|double-return|cursor-before-insert] [--parallel N]";

    public int From { get; init; } = 1;

    public int Seeds { get; init; } = 1000;

    public bool Trace { get; init; }

    public PlantedFault Plant { get; init; }

    /// <summary>Threads, each with runs of its own.</summary>
    public int Parallel { get; init; } = 1;

    public static bool TryParse(string[] arguments, [NotNullWhen(true)] out Options? options, out string problem)
    {
        (options, problem) = (null, "");
        var read = new Options();
        for (var at = 0; at < arguments.Length; at++)
        {
            if (arguments[at] == "--trace")
            {
                read = read with { Trace = true };
            }
            else if (at + 1 < arguments.Length && read.With(arguments[at], arguments[++at]) is { } more)
            {
                read = more;
            }
            else
            {
                problem = $"not understood: {arguments[Math.Min(at, arguments.Length - 1)]}";
                return false;
            }
        }

        options = read;
        return true;
    }

    public static int Explain(string problem)
    {
        Console.Error.WriteLine(problem);
        Console.Error.WriteLine(Usage);
        return 2;
    }

    private Options? With(string name, string value) =>
        name switch
        {
            "--plant" => PlantOf(value) is { } plant ? this with { Plant = plant } : null,
            _ when !int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out _) => null,
            "--seeds" => this with { Seeds = int.Parse(value) },
            "--from" => this with { From = int.Parse(value) },
            "--seed" => this with { From = int.Parse(value), Seeds = 1 },
            "--parallel" => this with { Parallel = Math.Max(1, int.Parse(value)) },
            _ => null,
        };

    private static PlantedFault? PlantOf(string name) =>
        name switch
        {
            "lost-fence" => PlantedFault.LostFence,
            "double-return" => PlantedFault.DoubleReturn,
            "cursor-before-insert" => PlantedFault.CursorBeforeInsert,
            _ => null,
        };
}
