using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Pushbell.KillHarness.Databases;
using Pushbell.Testing;

namespace Pushbell.KillHarness.Nodes;

/// <summary>One installation of Pushbell: its settings, its data folder and its database.</summary>
internal sealed class Installation : IAsyncDisposable
{
    public const string SecretKey = "sk_harness_0123456789abcdefghij";
    public const string ApiKey = "psk_harness_0123456789abcdefghij";

    /// <summary>Deliveries that a node may have sent and not settled: what each fault may double, for each node that it hits.</summary>
    public const int Window = 128;

    public const long Credits = 100_000_000;

    private readonly TemporaryFolder folder;
    private readonly Dictionary<string, string> environment;

    private Installation(NodeProgram program, TimeSpan lease, TemporaryFolder folder, InstalledDatabase database, IEnumerable<Uri> pushServices)
    {
        (Program, Lease, this.folder, Database) = (program, lease, folder, database);
        environment = new Dictionary<string, string>(database.Settings, StringComparer.Ordinal)
        {
            ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
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

    /// <summary>What its nodes run.</summary>
    public NodeProgram Program { get; }

    public InstalledDatabase Database { get; }

    /// <summary>Short, so that a killed node's work comes back soon.</summary>
    public TimeSpan Lease { get; }

    /// <param name="program">What its nodes run.</param>
    /// <param name="options">The database and the lease.</param>
    /// <param name="pushServices">Origins that may be sent to.</param>
    public static async Task<Installation> StartAsync(NodeProgram program, Options options, IEnumerable<Uri> pushServices)
    {
        var data = new TemporaryFolder();
        return new Installation(program, options.Lease, data, await InstalledDatabase.StartAsync(options.Engine, data.Path), pushServices);
    }

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

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        folder.Dispose();
    }
}
