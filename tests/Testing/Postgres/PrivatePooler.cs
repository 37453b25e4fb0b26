using System.Diagnostics;
using Npgsql;

namespace Pushbell.Testing.Postgres;

/// <summary>
/// A pgbouncer in transaction mode before a private server: what is kept in a session from one transaction to the next gets lost. It ends
/// with this process at the latest, however that ends.
/// </summary>
public sealed class PrivatePooler : IAsyncDisposable
{
    public const string Missing = "pgbouncer is not installed (Debian: apt-get install pgbouncer).";

    private const int Attempts = 10;

    // The shell learns of this process's end from the pipe between the two; the system closes it even when the process was killed.
    private const string Script = """
        trap '' HUP INT TERM
        "$0" "$1" >/dev/null 2>&1 &
        cat >/dev/null
        kill -KILL $!
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90), Glance = TimeSpan.FromMilliseconds(20);
    private readonly PrivatePostgres server;
    private readonly int port;
    private readonly Process shell;

    private PrivatePooler(PrivatePostgres server, int port, Process shell) => (this.server, this.port, this.shell) = (server, port, shell);

    /// <summary>Where it lies; null when it is not installed.</summary>
    public static string? Program { get; } =
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .Concat(["/usr/sbin", "/sbin"])
            .Select(folder => Path.Combine(folder, "pgbouncer"))
            .FirstOrDefault(File.Exists);

    /// <param name="server">Outlives it.</param>
    /// <param name="connections">How many it opens to one database, whoever asks for how many.</param>
    /// <exception cref="InvalidOperationException">It does not start, or is not installed.</exception>
    public static async Task<PrivatePooler> StartAsync(PrivatePostgres server, int connections = 8)
    {
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            var pooler = await StartAsync(server, PrivatePostgres.FreePort(), connections);
            if (await pooler.IsListeningAsync())
            {
                return pooler;
            }

            // Somebody else was quicker.
            await pooler.DisposeAsync();
        }

        throw new InvalidOperationException("pgbouncer does not start.");
    }

    public string ConnectionStringOf(string database) => $"Host=127.0.0.1;Port={port};Username={PrivatePostgres.User};Database={database}";

    public async ValueTask DisposeAsync()
    {
        shell.StandardInput.Close();
        await shell.WaitForExitAsync().WaitAsync(Patience);
        shell.Dispose();
    }

    private static async Task<PrivatePooler> StartAsync(PrivatePostgres server, int port, int connections)
    {
        var file = Path.Combine(server.Folder, $"pgbouncer-{port}.ini");
        await File.WriteAllTextAsync(
            file,
            $"""
            [databases]
            * = host=127.0.0.1 port={server.Port} user={PrivatePostgres.User}
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = {port}
            unix_socket_dir =
            auth_type = any
            pool_mode = transaction
            default_pool_size = {connections}
            max_client_conn = 500
            ignore_startup_parameters = extra_float_digits,search_path
            """
        );
        var line = server.Account.Line("/bin/sh", "-c", Script, Program ?? throw new InvalidOperationException(Missing), file);
        var start = new ProcessStartInfo(line[0], line[1..]) { WorkingDirectory = "/", UseShellExecute = false, RedirectStandardInput = true };
        return new PrivatePooler(server, port, Process.Start(start)!);
    }

    private async Task<bool> IsListeningAsync()
    {
        var since = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(since) < Patience)
        {
            try
            {
                await using var connection = new NpgsqlConnection($"{ConnectionStringOf("postgres")};Pooling=False;Timeout=2");
                await connection.OpenAsync();
                // Whoever else may listen here, it is not before this server.
                await using var command = new NpgsqlCommand("SHOW port", connection);
                return (string?)await command.ExecuteScalarAsync() == $"{server.Port}";
            }
            catch (NpgsqlException)
            {
                await Task.Delay(Glance, TimeProvider.System);
            }
        }

        return false;
    }
}
