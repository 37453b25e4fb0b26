using System.Diagnostics;
using Pushbell.Hosts.Tests.Networks;
using Pushbell.Testing;

namespace Pushbell.Hosts.Tests.Sites;

/// <summary>An executable that lies beside the tests, running on a host. It ends with its network.</summary>
internal sealed class HostProgram : IAsyncDisposable
{
    private const int KeptLines = 100;

    // A busy machine takes its time to start one.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private readonly Process process;
    private readonly Queue<string> output = new();

    /// <param name="host">Where.</param>
    /// <param name="environment">On top of the tests' own; part of the command line, since sudo hands over none.</param>
    /// <param name="program">The executable's file name.</param>
    /// <param name="arguments">Passed on as they are.</param>
    public HostProgram(NetworkHost host, IEnumerable<(string Name, string Value)> environment, string program, params IEnumerable<string> arguments)
    {
        string[] line =
        [
            .. host.Launcher,
            "env",
            .. environment.Select(variable => $"{variable.Name}={variable.Value}"),
            Path.Combine(AppContext.BaseDirectory, program),
            .. arguments,
        ];
        process = new Process
        {
            StartInfo = new ProcessStartInfo(line[0], line[1..])
            {
                WorkingDirectory = "/",
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        process.OutputDataReceived += (_, said) => Keep(said.Data);
        process.ErrorDataReceived += (_, said) => Keep(said.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>The last lines that it wrote.</summary>
    public string Output
    {
        get
        {
            lock (output)
            {
                return string.Join('\n', output);
            }
        }
    }

    /// <summary>Waits until it answers.</summary>
    /// <param name="http">Leads there.</param>
    /// <param name="path">To be answered with 200.</param>
    public Task AnswersAsync(HttpClient http, string path) =>
        Eventually.HoldsAsync(
            async () =>
            {
                if (process.HasExited)
                {
                    throw new InvalidOperationException($"{process.StartInfo.ArgumentList[^1]} ended with {process.ExitCode}: {Output}");
                }

                return await http.StatusAsync(path) == 200;
            },
            patience: Patience
        );

    public async ValueTask DisposeAsync()
    {
        await process.WaitForExitAsync().WaitAsync(Patience);
        process.Dispose();
    }

    private void Keep(string? line)
    {
        lock (output)
        {
            output.Enqueue(line ?? "");
            if (output.Count > KeptLines)
            {
                output.Dequeue();
            }
        }
    }
}
