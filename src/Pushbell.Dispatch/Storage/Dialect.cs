using System.Data.Common;

namespace Pushbell.Dispatch.Storage;

/// <summary>The few things in which SQLite and PostgreSQL differ. All other SQL runs on both as it stands.</summary>
public abstract class Dialect
{
    /// <summary>The folder of embedded migrations.</summary>
    public abstract string Name { get; }

    /// <summary>Where the database's file lies, for what is kept beside it; null for a server.</summary>
    public abstract string? Folder { get; }

    /// <summary>Appended to a claiming SELECT, so that two workers never wait for each other's row.</summary>
    public abstract string SkipLocked { get; }

    /// <summary>Appended to a SELECT whose rows are about to be changed.</summary>
    public abstract string ForUpdate { get; }

    /// <summary>The clock that leases are measured with: the caller's @now in one process, the database's between nodes.</summary>
    public abstract string Now { get; }

    /// <summary>One connection may write at a time.</summary>
    public abstract bool SingleWriter { get; }

    /// <summary>A condition that holds where <paramref name="column"/> equals one of the values of a <see cref="List{T}"/> parameter.</summary>
    public abstract string In(string column, string parameter);

    /// <summary>A parameter value for <see cref="In"/>.</summary>
    public abstract object List<T>(IReadOnlyCollection<T> values);

    public abstract DbConnection CreateConnection();

    /// <summary>What a new connection is told before its first statement.</summary>
    public abstract string OnOpen(bool writes);

    /// <summary>Locked, full, unreachable: the caller may try again later; nothing was committed.</summary>
    public abstract bool IsOutage(DbException exception);

    /// <summary>Why the database can never be opened as it is, with the mend; null when the fault may pass.</summary>
    public abstract string? WhyUnusable(DbException exception);
}
