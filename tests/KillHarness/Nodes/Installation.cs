using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Pushbell.Testing;

namespace Pushbell.KillHarness.Nodes;

/// <summary>
/// One installation of Pushbell: its settings, its data folder and its database. The one place that knows which database it is.
/// </summary>
internal sealed class Installation : IDisposable
{
    public const string SecretKey = "sk_harness_0123456789abcdefghij";
    public const string ApiKey = "psk_harness_0123456789abcdefghij";

    /// <summary>Deliveries that a node may have sent and not settled: what each fault may double.</summary>
    public const int Window = 128;

    public const long Credits = 100_000_000;

    /// <summary>Short, so that a killed node's work comes back at once.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(1);

    /// <summary>How long a node waits for a locked database before it gives up: a lock held longer is an outage.</summary>
    public static readonly TimeSpan LockWait = TimeSpan.FromSeconds(1);

    private readonly TemporaryFolder folder = new();
    private readonly Dictionary<string, string> environment;

    /// <param name="program">What its nodes run.</param>
    /// <param name="pushServices">Origins that may be sent to.</param>
    public Installation(NodeProgram program, IEnumerable<Uri> pushServices)
    {
        Program = program;
        environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
            ["ConnectionStrings__Pushbell"] = $"Data Source={File};Default Timeout={LockWait.TotalSeconds}",
            ["Pushbell__Bootstrap__SecretKey"] = SecretKey,
            ["Pushbell__Bootstrap__ApiKey"] = ApiKey,
            ["Pushbell__Bootstrap__Credits"] = Credits.ToString(CultureInfo.InvariantCulture),
            ["Pushbell__Bootstrap__ContactEmail"] = "operator@example.com",
            ["Pushbell__Limits__SendsPerMinute"] = "1000000",
            ["Pushbell__Limits__RequestsPerMinute"] = "1000000",
            ["Pushbell__Delivery__LeaseSeconds"] = Lease.TotalSeconds.ToString(CultureInfo.InvariantCulture),
            ["Pushbell__Delivery__Window"] = Window.ToString(CultureInfo.InvariantCulture),
            ["Logging__LogLevel__Default"] = "Warning",
        };
        foreach (var (at, origin) in pushServices.Index())
        {
            environment[$"Pushbell__PushServices__Trusted__{at}"] = origin.GetLeftPart(UriPartial.Authority);
        }
    }

    public NodeProgram Program { get; }

    private string File => Path.Combine(folder.Path, "pushbell.db");

    /// <summary>How a process of this installation is started.</summary>
    public ProcessStartInfo StartInfo(string program, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder.Path,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return start;
    }

    /// <summary>A transaction that sees one state of the database, beside running nodes and without holding them up.</summary>
    public async Task<DbTransaction> ReadAsync()
    {
        var connection = await ConnectAsync();
        return connection.BeginTransaction(deferred: true);
    }

    /// <summary>Takes the database away from the nodes' writes until the result is disposed.</summary>
    public async Task<IAsyncDisposable> LockAsync()
    {
        var connection = await ConnectAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "BEGIN IMMEDIATE";
        await command.ExecuteNonQueryAsync();
        return connection;
    }

    /// <summary>Runs a command of the operator's tool beside the running nodes.</summary>
    /// <returns>What it answers to --json.</returns>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public async Task<JsonElement> CommandAsync(params IEnumerable<string> line)
    {
        using var process = Process.Start(StartInfo(NodeProgram.Pushbell.File, [.. line, "--json"]))!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? JsonElement.Parse(await output)
            : throw new InvalidOperationException($"pushbell {string.Join(' ', line)} ended with {process.ExitCode}: {await error}");
    }

    public void Dispose() => folder.Dispose();

    // Without a pool: an open connection of ours would keep the write-ahead log that a restarted node is to recover from.
    private async Task<SqliteConnection> ConnectAsync()
    {
        var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        await connection.OpenAsync();
        return connection;
    }
}
