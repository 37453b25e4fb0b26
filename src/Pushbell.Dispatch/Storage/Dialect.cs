using System.Data.Common;
using Dapper;

namespace Pushbell.Dispatch.Storage;

/// <summary>The few things in which SQLite and PostgreSQL differ. All other SQL runs on both as it stands.</summary>
public abstract class Dialect : IAsyncDisposable
{
    /// <summary>The folder of embedded migrations.</summary>
    public abstract string Name { get; }

    /// <summary>Where the database's file lies, for what is kept beside it; null for a server.</summary>
    public abstract string? Folder { get; }

    /// <summary>One connection may write at a time.</summary>
    public abstract bool SingleWriter { get; }

    /// <summary>It is reached over connections that can break, and its transactions can collide.</summary>
    public virtual bool IsRemote => false;

    /// <summary>A SELECT of the bytes that the database takes on its disk.</summary>
    public abstract string Size { get; }

    /// <summary>The clock that leases are measured with: the caller's @now in one process, the database's between nodes.</summary>
    public virtual string Now => "@now";

    /// <summary>Appended to a SELECT whose rows are about to be changed, where others may change them at the same time.</summary>
    public virtual string ForUpdate => "";

    /// <summary>The same, but passing over rows that somebody else is changing: no two workers wait for each other.</summary>
    public virtual string SkipLocked => "";

    /// <summary>Appended to a SELECT whose rows must stay as they are until this transaction ends.</summary>
    public virtual string ForShare => "";

    /// <summary>A SELECT that holds @name for this transaction alone; null where there is one writer anyway.</summary>
    public virtual string? Lock => null;

    /// <summary>The first statement of every write transaction.</summary>
    public virtual string? Begin => null;

    /// <summary>A statement after which those of this transaction may take their time; null where nothing limits them.</summary>
    public virtual string? TakeTime => null;

    /// <summary>The same as <see cref="Begin"/>, and leaves a <see cref="Mark"/>; returns the transaction's id. null where a commit cannot get lost.</summary>
    public virtual string? BeginMarked => null;

    /// <summary>What became of transaction @id: <c>committed</c>, <c>aborted</c> or <c>in progress</c>. After a crash it may be another's.</summary>
    public virtual string? Fate => null;

    /// <summary>How many rows hold a <see cref="Mark"/>: one, or none.</summary>
    public virtual string? FindMark => null;

    /// <summary>A SELECT that gives this process a number that no other running one has; null where there is but one.</summary>
    public virtual string? NodeNumber => null;

    /// <summary>A statement that is heard by all who <see cref="ListenAsync"/>; null where there is nobody else.</summary>
    public virtual string? Notify => null;

    /// <summary>
    /// Counts a request of @subject of @organization in stretches of @grain milliseconds, for all nodes: how many there were in the minute
    /// before it, and how many milliseconds until there is room among @most. Null where a process may count by itself.
    /// </summary>
    public virtual string? CountRequest => null;

    /// <summary>Deletes what was counted for subjects that have not been seen for @forgotten milliseconds.</summary>
    public virtual string? ForgetRequests => null;

    /// <summary>A condition that holds where <paramref name="column"/> equals one of the values of a <see cref="List{T}"/> parameter.</summary>
    public abstract string In(string column, string parameter);

    /// <summary>A parameter value for <see cref="In"/>.</summary>
    public abstract SqlMapper.ICustomQueryParameter List<T>(IReadOnlyCollection<T> values);

    public abstract DbConnection CreateConnection();

    /// <summary>What a new connection is told before its first statement.</summary>
    public abstract string OnOpen(bool writes);

    /// <summary>Calls <paramref name="heard"/> whenever a node, this one too, has notified. Ends with an exception when the connection does.</summary>
    public virtual Task ListenAsync(Action heard, CancellationToken stopping) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stopping);

    /// <summary>Locked, full, unreachable: the caller may try again later; nothing was committed.</summary>
    public abstract bool IsOutage(DbException exception);

    /// <summary>
    /// Two transactions got into each other's way, or the connection turned out to be broken: what was undone may run again at once. Not so
    /// after a wait that has lasted long enough.
    /// </summary>
    public virtual bool IsPassing(DbException exception) => false;

    /// <summary>Why the database can never be opened as it is, with the mend; null when the fault may pass.</summary>
    public abstract string? WhyUnusable(DbException exception);

    public abstract ValueTask DisposeAsync();
}
