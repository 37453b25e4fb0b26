using System.Diagnostics;

namespace Pushbell.Testing.Postgres;

/// <summary>
/// A shell that makes the folder of a server and waits for the end of this process, which it learns from the pipe between the two: the
/// system closes it even when the process was killed. Then it ends the server and removes the folder.
/// </summary>
internal sealed class Guardian : IAsyncDisposable
{
    // Folders by name: the path of a socket has at most 107 bytes (unix(7)), and the folder for temporary files may be one account's own.
    // Memory, where it has room, for databases that come and go by the hundred: each is 300 files, and file systems are slow to forget them.
    // Signals: Ctrl+C reaches the shell too, and must not keep it from its work.
    private const string Script = """
        trap '' HUP INT TERM
        room=$(df --output=avail /dev/shm 2>/dev/null | tail -n 1)
        [ "$1" = durable ] || [ "${room:-0}" -lt 4000000 ] || folder=$(mktemp -d /dev/shm/pushbell-postgres-XXXXXX)
        [ -n "$folder" ] || folder=$(mktemp -d /tmp/pushbell-postgres-XXXXXX) || exit 1
        echo "$folder"
        exec >/dev/null 2>&1
        cat
        "$0/pg_ctl" stop --pgdata "$folder/data" --mode immediate
        rm -rf "$folder"
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private readonly Process process;
    private bool ended;

    private Guardian(Process process, string folder)
    {
        this.process = process;
        Folder = folder;
    }

    /// <summary>The server's account owns it.</summary>
    public string Folder { get; }

    /// <param name="account">Who runs the server.</param>
    /// <param name="isDurable">Whether the folder must lie on a disk.</param>
    public static async Task<Guardian> StartAsync(ServerAccount account, bool isDurable)
    {
        var line = account.Line("/bin/sh", "-c", Script, PostgresPrograms.Folder!, isDurable ? "durable" : "quick");
        var shell = Process.Start(
            new ProcessStartInfo(line[0], line[1..])
            {
                WorkingDirectory = "/",
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            }
        )!;
        var folder = await shell.StandardOutput.ReadLineAsync().WaitAsync(Patience);
        return new Guardian(shell, folder ?? throw new InvalidOperationException("No folder for PostgreSQL can be made below /tmp."));
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
