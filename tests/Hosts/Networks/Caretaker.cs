using System.Diagnostics;

namespace Pushbell.Hosts.Tests.Networks;

/// <summary>
/// A shell that waits for the end of this process, which it learns from the pipe between the two: the system closes it even when the
/// process was killed. Then it ends whatever still runs in the namespaces and removes them, and with them every link.
/// </summary>
internal sealed class Caretaker : IAsyncDisposable
{
    // Signals: Ctrl+C reaches the shell too, and must not keep it from its work. One namespace may never have come to be.
    private const string Script = """
        trap '' HUP INT TERM
        exec >/dev/null 2>&1
        cat
        for name; do
            for process in $("$0" netns pids "$name"); do kill -KILL "$process"; done
            "$0" netns del "$name"
        done
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private readonly Process process;
    private bool ended;

    /// <param name="ip">The program.</param>
    /// <param name="namespaces">Those of hosts, the switch last.</param>
    public Caretaker(Ip ip, IEnumerable<string> namespaces)
    {
        string[] line = [.. Ip.AsRoot, "/bin/sh", "-c", Script, ip.Line()[^1], .. namespaces];
        process = Process.Start(
            new ProcessStartInfo(line[0], line[1..]) { WorkingDirectory = "/", UseShellExecute = false, RedirectStandardInput = true }
        )!;
    }

    public async ValueTask DisposeAsync()
    {
        if (ended)
        {
            return;
        }

        ended = true;
        process.StandardInput.Close();
        await process.WaitForExitAsync().WaitAsync(Patience);
        process.Dispose();
    }
}
