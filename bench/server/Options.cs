using System.Globalization;

namespace Pushbell.Bench.Server;

/// <summary>What is measured: <c>--name=value</c>.</summary>
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
                    ["--json", var value] => options with { JsonFile = value },
                    _ => throw new FormatException(
                        $"{argument}? Arguments: --registrations=1000000 --database=sqlite|postgres --nodes=1,2,4 --latency=0 --window=128 --json=file"
                    ),
                }
        );

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
