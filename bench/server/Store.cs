namespace Pushbell.Bench.Server;

/// <summary>The database under the servers.</summary>
internal abstract class Store : IAsyncDisposable
{
    public abstract string Name { get; }

    public abstract string ConnectionString { get; }

    /// <summary>Of the one service that a first start has made.</summary>
    public abstract Task FillAsync(int registrations);

    /// <summary>What the database has done since it was started; null where it is part of the server.</summary>
    public abstract Task<Work?> WorkAsync();

    public abstract ValueTask DisposeAsync();
}

/// <summary>What a database server has done, and what its tables of registrations and of batches take up, with their indexes.</summary>
internal readonly record struct Work(
    long Statements,
    long Rows,
    long Commits,
    long WalBytes,
    double CpuSeconds,
    long RegistrationBytes,
    long BatchBytes
)
{
    public static Work operator -(Work later, Work earlier) =>
        new(
            later.Statements - earlier.Statements,
            later.Rows - earlier.Rows,
            later.Commits - earlier.Commits,
            later.WalBytes - earlier.WalBytes,
            later.CpuSeconds - earlier.CpuSeconds,
            later.RegistrationBytes,
            later.BatchBytes - earlier.BatchBytes
        );
}
