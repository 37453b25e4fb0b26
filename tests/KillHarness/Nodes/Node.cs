using System.Collections.Concurrent;
using System.Diagnostics;

namespace Pushbell.KillHarness.Nodes;

/// <summary>One server process, from its start until it is killed or disposed.</summary>
internal sealed class Node : IAsyncDisposable
{
    private const string Greeting = "Pushbell listens on ";
    private const int KeptLines = 60;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process process;
    private readonly ConcurrentQueue<string> lines = new();
    private readonly TaskCompletionSource<Uri> listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task reading;

    private Node(Process process)
    {
        this.process = process;
        // Should the harness itself be told to end.
        AppDomain.CurrentDomain.ProcessExit += OnExit;
        reading = Task.WhenAll(ReadAsync(process.StandardOutput), ReadAsync(process.StandardError));
    }

    /// <summary>The last lines that it wrote.</summary>
    public string Output => string.Join('\n', lines);

    /// <summary>It has served.</summary>
    public bool WasReady => listening.Task.IsCompletedSuccessfully;

    public bool HasEnded => process.HasExited;

    /// <param name="installation">Whose.</param>
    /// <param name="role">What it does: all, api or worker.</param>
    public static Node Start(Installation installation, string role)
    {
        var start = installation.StartInfo(installation.Program.File, installation.Program.Arguments);
        start.Environment["Pushbell__Role"] = role;
        return new Node(Process.Start(start)!);
    }

    /// <summary>Waits until it serves.</summary>
    /// <returns>Where; null when it ended before.</returns>
    /// <exception cref="InvalidOperationException">It did not come up in a minute; the message holds what it wrote.</exception>
    public async Task<Uri?> ReadyAsync()
    {
        await Task.WhenAny(listening.Task, reading, Task.Delay(Patience, TimeProvider.System));
        return WasReady ? await listening.Task
            : reading.IsCompleted ? null
            : throw new InvalidOperationException($"The server did not start:\n{Output}");
    }

    /// <summary>SIGKILL; returns when nothing of the process is left.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        await reading;
    }

    /// <summary>Stops the process for a while, as a machine does that swaps or moves.</summary>
    public async Task StallAsync(TimeSpan duration)
    {
        Signals.Stop(process);
        try
        {
            await Task.Delay(duration, TimeProvider.System);
        }
        finally
        {
            Signals.Continue(process);
        }
    }

    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= OnExit;
        if (!process.HasExited)
        {
            await KillAsync();
        }

        process.Dispose();
    }

    private void OnExit(object? sender, EventArgs exit) => process.Kill();

    private async Task ReadAsync(StreamReader output)
    {
        while (await output.ReadLineAsync() is { } line)
        {
            lines.Enqueue(line);
            if (lines.Count > KeptLines)
            {
                lines.TryDequeue(out _);
            }

            if (line.StartsWith(Greeting, StringComparison.Ordinal))
            {
                listening.TrySetResult(new Uri(line[Greeting.Length..].Split(',')[0]));
            }
        }
    }
}
