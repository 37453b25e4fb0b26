using System.Data.Common;
using Pushbell.Testing;

namespace Pushbell.KillHarness.Databases;

/// <summary>The database of one installation: where its nodes find it, how it is read beside them, and how it is taken away from them.</summary>
internal abstract class InstalledDatabase : IAsyncDisposable
{
    /// <summary>What a node must be told to run on it.</summary>
    public abstract IReadOnlyDictionary<string, string> Settings { get; }

    /// <param name="engine">Which one.</param>
    /// <param name="folder">Of the installation.</param>
    public static async Task<InstalledDatabase> StartAsync(Engine engine, string folder) =>
        engine == Engine.PostgreSql ? await PostgresServer.StartAsync() : new SqliteFile(Path.Combine(folder, "pushbell.db"));

    /// <summary>A transaction that sees one state of the database, beside running nodes and without holding them up.</summary>
    public abstract Task<DbTransaction> ReadAsync();

    /// <summary>How long an outage is to last; zero is one without more delay than it takes by itself.</summary>
    /// <param name="random">Where from.</param>
    public abstract TimeSpan NextOutage(Random random);

    /// <summary>Takes the database away from all nodes for so long, and gives it back.</summary>
    public abstract Task SufferOutageAsync(TimeSpan duration);

    public abstract ValueTask DisposeAsync();
}
