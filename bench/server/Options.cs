using System.Globalization;

namespace Pushbell.Bench.Server;

/// <summary>How it is measured: <c>--name=value</c>.</summary>
internal sealed record Options
{
    public int Registrations { get; private init; } = 1_000_000;

    /// <summary>sqlite (one process) or postgres (an API node and worker nodes).</summary>
    public bool IsPostgres { get; private init; }

    /// <summary>Numbers of worker nodes, one run for each.</summary>
    public IReadOnlyList<int> Nodes { get; private init; } = [1];

    /// <summary>Of the push service.</summary>
    public TimeSpan Latency { get; private init; } = TimeSpan.Zero;

    /// <summary>Unsettled deliveries per process.</summary>
    public int Window { get; private init; } = 128;

    /// <summary>Of singles: how many send at a time, and for how long.</summary>
    public int Callers { get; private init; } = 32;

    public TimeSpan Duration { get; private init; } = TimeSpan.FromSeconds(20);

    /// <summary>Of growth: the registrations of the smaller and the larger installation.</summary>
    public IReadOnlyList<int> Sizes { get; private init; } = [50_000, 5_000_000];

    public string? JsonFile { get; private init; }

    public static Options Parse(IEnumerable<string> arguments) =>
        arguments.Aggregate(
            new Options(),
            static (options, argument) =>
                argument.Split('=', 2) switch
                {
                    ["--registrations", var value] => options with { Registrations = Number(value) },
                    ["--database", "sqlite"] => options,
                    ["--database", "postgres"] => options with { IsPostgres = true },
                    ["--nodes", var value] => options with { Nodes = [.. value.Split(',').Select(Number)] },
                    ["--latency", var value] => options with { Latency = TimeSpan.FromMilliseconds(Number(value)) },
                    ["--window", var value] => options with { Window = Number(value) },
                    ["--callers", var value] => options with { Callers = Number(value) },
                    ["--seconds", var value] => options with { Duration = TimeSpan.FromSeconds(Number(value)) },
                    ["--sizes", var value] => options with { Sizes = [.. value.Split(',').Select(Number)] },
                    ["--json", var value] => options with { JsonFile = value },
                    _ => throw new FormatException(
                        $"{argument}? Arguments: [broadcast|singles|start|growth] --registrations=1000000 --database=sqlite|postgres --nodes=1,2,4 --latency=0 "
                            + "--window=128 --callers=32 --seconds=20 --sizes=50000,5000000 --json=file"
                    ),
                }
        );

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
