namespace Pushbell.Bench.Server;

/// <summary>The broadcast at one moment.</summary>
internal sealed record Sample(double Seconds, int Accepted, int Megabytes);

/// <summary>Sends to one device each, made while the broadcast was under way.</summary>
/// <param name="Milliseconds">From the request to its answer.</param>
/// <param name="Late">So many were answered before the push service had taken them.</param>
internal sealed record SingleSends(IReadOnlyList<double> Milliseconds, int Late)
{
    public double Median => At(0.5);

    public double At(double part) => Milliseconds.Order().ElementAt((int)(Milliseconds.Count * part));
}

/// <param name="Store">The database.</param>
/// <param name="Callers">So many at a time.</param>
/// <param name="PerSecond">Sends answered.</param>
/// <param name="ServerMicroseconds">Processor time of the server for each.</param>
/// <param name="OwnMicroseconds">… of the callers and the sink, which share the machine with it.</param>
/// <param name="Sends">Each of them.</param>
internal sealed record SinglesResult(string Store, int Callers, double PerSecond, double ServerMicroseconds, double OwnMicroseconds, SingleSends Sends);

/// <param name="Registrations">The size of the installation.</param>
/// <param name="Microseconds">Processor time of the server for a message, in each round.</param>
internal sealed record GrowthResult(int Registrations, IList<double> Microseconds)
{
    public double Median => Microseconds.Order().ElementAt(Microseconds.Count / 2);
}

/// <param name="Store">The database.</param>
/// <param name="Nodes">Processes that deliver.</param>
/// <param name="Registrations">How many were sent to.</param>
/// <param name="Seconds">From the request to the last end.</param>
/// <param name="CpuSeconds">Of all servers together, without the database's.</param>
/// <param name="PeakMegabytes">Of the largest of them.</param>
/// <param name="Database">What a database server did meanwhile.</param>
/// <param name="Singles">Sends to one each meanwhile.</param>
/// <param name="Samples">The progress.</param>
internal sealed record BroadcastResult(
    string Store,
    int Nodes,
    int Registrations,
    double Seconds,
    double CpuSeconds,
    int PeakMegabytes,
    Work? Database,
    SingleSends Singles,
    IReadOnlyList<Sample> Samples
)
{
    /// <summary>What <c>PushClient</c> alone does with the same sink, before and after.</summary>
    public double PipelinePerSecond { get; init; }

    /// <summary>The longest time without any progress, in seconds.</summary>
    public double LongestStandstill =>
        Samples.Zip(Samples.Skip(1)).Aggregate((Longest: 0.0, Since: 0.0), static (state, pair) =>
        {
            var since = pair.Second.Accepted > pair.First.Accepted ? pair.Second.Seconds : state.Since;
            return (Math.Max(state.Longest, pair.Second.Seconds - since), since);
        }).Longest;

    /// <summary>Everybody was reached, and progress never went back.</summary>
    public bool IsSound =>
        Samples[^1].Accepted == Registrations && Samples.Zip(Samples.Skip(1)).All(static pair => pair.Second.Accepted >= pair.First.Accepted);
}

internal static class Report
{
    private static readonly (string Name, Func<BroadcastResult, string> Value)[] Rows =
    [
        ("registrations", result => $"{result.Registrations:N0}"),
        ("seconds", result => $"{result.Seconds:F1}"),
        ("messages per second", result => $"{result.Registrations / result.Seconds:N0}"),
        ("of the bare pipeline's rate", result => $"{result.Registrations / result.Seconds / result.PipelinePerSecond:P0} of {result.PipelinePerSecond:N0}"),
        ("messages per CPU-second of the servers", result => $"{result.Registrations / result.CpuSeconds:N0}"),
        ("peak memory of a server", result => $"{result.PeakMegabytes} MB"),
        ("single sends meanwhile", result => $"{result.Singles.Milliseconds.Count} ({result.Singles.Late} answered before they were delivered)"),
        ("single send, median", result => $"{result.Singles.Median:F0} ms"),
        ("single send, 99th percentile", result => $"{result.Singles.At(0.99):F0} ms"),
        ("longest time without progress", result => $"{result.LongestStandstill:F1} s"),
        ("everybody reached, progress never back", result => result.IsSound ? "yes" : "NO"),
    ];

    private static readonly (string Name, Func<Work, double> Value)[] PerMillion =
    [
        ("statements", work => work.Statements),
        ("rows", work => work.Rows),
        ("commits", work => work.Commits),
        ("write-ahead log, MB", work => work.WalBytes / 1e6),
        ("CPU-seconds", work => work.CpuSeconds),
        ("MB of batches", work => work.BatchBytes / 1e6),
    ];

    public static void Write(TextWriter output, IReadOnlyList<BroadcastResult> results)
    {
        output.WriteLine();
        WriteRow(output, "broadcast through the whole server", results.Select(result => $"{result.Store}, {result.Nodes} delivering"));
        WriteRow(output, "---", results.Select(_ => "---"));
        foreach (var (name, value) in Rows)
        {
            WriteRow(output, name, results.Select(value));
        }

        foreach (var (name, value) in results[0].Database is null ? [] : PerMillion)
        {
            WriteRow(output, $"database, {name} per million messages", results.Select(result => $"{value(result.Database!.Value) * 1e6 / result.Registrations:N0}"));
        }

        if (results[0].Database is not null)
        {
            WriteRow(output, "database, bytes per registration", results.Select(result => $"{result.Database!.Value.RegistrationBytes / result.Registrations:N0}"));
        }
    }

    public static void Write(TextWriter output, SinglesResult result)
    {
        WriteRow(output, "sends to one device, answered after delivery", [result.Store]);
        WriteRow(output, "---", ["---"]);
        WriteRow(output, "callers at a time", [$"{result.Callers}"]);
        WriteRow(output, "per second", [$"{result.PerSecond:N0}"]);
        WriteRow(output, "median, 99th percentile", [$"{result.Sends.Median:F1} ms, {result.Sends.At(0.99):F1} ms"]);
        WriteRow(output, "processor time of the server each", [$"{result.ServerMicroseconds:F0} µs"]);
        WriteRow(output, "… of callers and sink on the same machine", [$"{result.OwnMicroseconds:F0} µs"]);
        WriteRow(output, "answered before they were delivered", [$"{result.Sends.Late}"]);
    }

    public static void Write(TextWriter output, IReadOnlyList<GrowthResult> results)
    {
        WriteRow(output, "registrations", results.Select(static result => $"{result.Registrations:N0}"));
        WriteRow(output, "---", results.Select(static _ => "---"));
        WriteRow(output, "CPU-µs a message", results.Select(static result => $"{result.Median:F0}"));
        WriteRow(output, "ratio", results.Select(result => $"{result.Median / results[0].Median:F2}"));
    }

    public static void WriteStart(TextWriter output, IReadOnlyList<double> seconds)
    {
        WriteRow(output, "start to the first answer", ["seconds"]);
        WriteRow(output, "---", ["---"]);
        WriteRow(output, "median", [$"{seconds.Order().ElementAt(seconds.Count / 2):F2}"]);
        WriteRow(output, "slowest", [$"{seconds.Max():F2}"]);
    }

    private static void WriteRow(TextWriter output, string name, IEnumerable<string> values) =>
        output.WriteLine($"| {name} | {string.Join(" | ", values)} |");
}
