using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Npgsql;

namespace Pushbell.Testing.Postgres;

/// <summary>
/// A PostgreSQL server of one test process, in a temporary folder, on a port that was free, of the loopback address unless it is told
/// another place. It ends with the process at the latest, however that ends.
/// </summary>
public sealed class PrivatePostgres : IAsyncDisposable
{
    internal const string User = "pushbell";

    // Below those that systems hand out by themselves: nobody takes it while the server is down for a moment.
    private const int LowestPort = 15_000, HighestPort = 30_000, Attempts = 20;

    // Nothing here survives the machine anyway, so nothing waits for the disk; and no vacuum comes between a test and its rows.
    private static readonly Dictionary<string, string> Defaults = new(StringComparer.Ordinal)
    {
        ["fsync"] = "off",
        ["synchronous_commit"] = "off",
        ["full_page_writes"] = "off",
        ["autovacuum"] = "off",
        ["max_connections"] = "300",
    };

    // Of the tests alone, which make and drop databases by the hundred. Who measures, or breaks things, does so on a server as it comes.
    private static readonly (string Name, string Value)[] ForSmallDatabases =
    [
        ("shared_buffers", "32MB"), ("wal_level", "minimal"), ("max_wal_senders", "0"), ("jit", "off"),
    ];

    private static readonly Lazy<Task<PrivatePostgres>> Shared = new(() => StartAsync(ForSmallDatabases));
    private readonly PostgresPlace place;
    private readonly ServerAccount account;
    private readonly Guardian guardian;
    private NpgsqlDataSource? maintenance;

    private PrivatePostgres(PostgresPlace place, ServerAccount account, Guardian guardian)
    {
        this.place = place;
        this.account = account;
        this.guardian = guardian;
    }

    /// <summary>Of the first that was free.</summary>
    public int Port { get; private set; }

    /// <summary>Of a superuser, without a password, to the database <c>postgres</c>.</summary>
    public string ConnectionString => ConnectionStringOf("postgres");

    /// <summary>Where all databases lie.</summary>
    public string DataFolder => Path.Combine(guardian.Folder, "data");

    /// <summary>Of its account, gone with it: room for what belongs to it.</summary>
    internal string Folder => guardian.Folder;

    /// <summary>Who runs it.</summary>
    internal ServerAccount Account => account;

    private string Log => Path.Combine(guardian.Folder, "log");

    /// <summary>The one that all tests of this process share; started for the first that asks.</summary>
    public static Task<PrivatePostgres> OfThisProcessAsync() => Shared.Value;

    /// <param name="settings">Of postgresql.conf, on top of those that make it quick: <c>fsync</c>, <c>on</c>.</param>
    /// <exception cref="InvalidOperationException">PostgreSQL is not installed, or does not start; the message says why.</exception>
    public static Task<PrivatePostgres> StartAsync(params IReadOnlyCollection<(string Name, string Value)> settings) =>
        StartAsync(PostgresPlace.Here, settings);

    /// <summary>The same at another place, where its whole network may connect.</summary>
    public static async Task<PrivatePostgres> StartAsync(PostgresPlace place, params IReadOnlyCollection<(string Name, string Value)> settings)
    {
        if (PostgresPrograms.Folder is null)
        {
            throw new InvalidOperationException(PostgresPrograms.Missing);
        }

        var runner = await ServerAccount.FindAsync();
        var server = new PrivatePostgres(place, runner, await Guardian.StartAsync(runner, isDurable: settings.Contains(("fsync", "on"))));
        try
        {
            await server.InitializeAsync(settings);
            await server.FindPortAndStartAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public string ConnectionStringOf(string database) => $"Host={place.Address};Port={Port};Username={User};Database={database}";

    /// <param name="template">The database to copy; nobody may be connected to it. An empty one when null.</param>
    /// <returns>The new database's name.</returns>
    public async Task<string> CreateDatabaseAsync(string? template = null)
    {
        var name = $"test_{Guid.NewGuid():n}";
        await ExecuteAsync(version =>
            // The default since version 15 writes every page of the copy to the log as well. Before, there was only this one.
            $"CREATE DATABASE {name} TEMPLATE {template ?? "template0"} {(version.Major >= 15 ? "STRATEGY file_copy" : "")}"
        );
        return name;
    }

    /// <summary>Whoever is connected to it is thrown out.</summary>
    public Task DropDatabaseAsync(string name) => ExecuteAsync(_ => $"DROP DATABASE {name} WITH (FORCE)");

    /// <summary>As a crash: no transaction ends, no buffer is written; starting again recovers from the log.</summary>
    public async Task RestartImmediateAsync()
    {
        await ControlAsync("stop", "-m", "immediate");
        await StartAgainAsync();
    }

    /// <summary>As an operator does it: whoever is connected is thrown out, what was committed is written.</summary>
    public Task StopAsync() => ControlAsync("stop", "-m", "fast");

    /// <summary>After a stop: with the same databases, at the same port.</summary>
    public async Task StartAgainAsync()
    {
        await ControlAsync("start", "-l", Log);
        maintenance?.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        if (maintenance is not null)
        {
            await maintenance.DisposeAsync();
        }

        await guardian.DisposeAsync();
    }

    private async Task InitializeAsync(IEnumerable<(string Name, string Value)> settings)
    {
        // Who may reach the port may do anything: there is nothing but test data, and only for minutes.
        string[] options = ["--username", User, "--auth", "trust", "--encoding", "UTF8", "--no-locale", "--no-sync"];
        await account.RunAsync(place, "initdb", ["--pgdata", DataFolder, .. options]);
        var given = settings.ToDictionary(setting => setting.Name, setting => setting.Value, StringComparer.Ordinal);
        var all = given.Concat(Defaults.Where(setting => !given.ContainsKey(setting.Key)));
        await ConfigureAsync([.. all, new("listen_addresses", place.Address), new("unix_socket_directories", guardian.Folder)]);
        await File.AppendAllTextAsync(Path.Combine(DataFolder, "pg_hba.conf"), "host all all samenet trust\n");
    }

    private async Task FindPortAndStartAsync()
    {
        for (var attempt = 1; ; attempt++)
        {
            Port = FreePort();
            await ConfigureAsync([new("port", $"{Port}")]);
            try
            {
                await ControlAsync("start", "-l", Log);
                maintenance = NpgsqlDataSource.Create($"{ConnectionString};Maximum Pool Size=4");
                return;
            }
            catch (InvalidOperationException) when (attempt < Attempts && File.ReadAllText(Log).Contains("could not bind", StringComparison.Ordinal))
            {
                // Somebody else was quicker.
                File.Delete(Log);
            }
            catch (InvalidOperationException exception) when (File.Exists(Log))
            {
                throw new InvalidOperationException(File.ReadAllText(Log), exception);
            }
        }
    }

    /// <summary>Of those that are free now; somebody else may be quicker.</summary>
    internal static int FreePort()
    {
        while (true)
        {
            using var listener = new TcpListener(IPAddress.Loopback, RandomNumberGenerator.GetInt32(LowestPort, HighestPort));
            try
            {
                listener.Start();
                return ((IPEndPoint)listener.LocalEndpoint).Port;
            }
            catch (SocketException)
            {
                // Taken.
            }
        }
    }

    /// <summary>Of settings with the same name the last one counts.</summary>
    private Task ConfigureAsync(IEnumerable<KeyValuePair<string, string>> settings) =>
        File.AppendAllLinesAsync(Path.Combine(DataFolder, "postgresql.conf"), settings.Select(setting => $"{setting.Key} = '{setting.Value}'"));

    private Task ControlAsync(string command, params string[] options) =>
        account.RunAsync(place, "pg_ctl", [command, "--pgdata", DataFolder, "--wait", "--silent", .. options]);

    private async Task ExecuteAsync(Func<Version, string> sql)
    {
        await using var connection = await maintenance!.OpenConnectionAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql(connection.PostgreSqlVersion);
        await command.ExecuteNonQueryAsync();
    }
}
