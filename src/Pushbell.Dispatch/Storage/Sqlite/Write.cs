using System.Data.Common;

namespace Pushbell.Dispatch.Storage.Sqlite;

/// <summary>A transaction that waits for its turn with <see cref="OneWriter"/>.</summary>
internal abstract class Write
{
    private int hasBegunOrEnded;
    private bool hasRun;

    /// <summary>Why nothing of it was kept.</summary>
    protected Exception? Fault { get; private set; }

    /// <summary>Runs its statements. A fault of its own is kept for whoever waits; only one of the database gets out.</summary>
    /// <returns>Whether what it did is to be committed.</returns>
    public async Task<bool> RunAsync(DbConnection connection, DbTransaction transaction, Dialect dialect)
    {
        if (!IsFirst())
        {
            return false;
        }

        hasRun = true;
        try
        {
            return await BodyAsync(connection, transaction, dialect);
        }
        catch (Exception fault) when (fault is not DbException database || !dialect.IsOutage(database))
        {
            Fault = fault;
            return false;
        }
    }

    /// <summary>Nobody waits any more: it does not begin. One that has begun goes on; between two statements its session may end it.</summary>
    public void GiveUp()
    {
        if (IsFirst())
        {
            Cancel();
        }
    }

    /// <summary>It was undone by what befell the others.</summary>
    public void Fail(Exception fault) => Fault ??= fault;

    /// <summary>Lets whoever waits go on, once what it did is committed or undone.</summary>
    public void Tell()
    {
        // Nobody waits for one that was given up before it began.
        if (hasRun || Fault is not null)
        {
            Answer();
        }
    }

    protected abstract Task<bool> BodyAsync(DbConnection connection, DbTransaction transaction, Dialect dialect);

    protected abstract void Answer();

    protected abstract void Cancel();

    private bool IsFirst() => Interlocked.Exchange(ref hasBegunOrEnded, 1) == 0;
}

/// <summary>The same, with what it comes to.</summary>
internal sealed class Write<T>(Func<Session, Task<T>> body, Func<T, bool> keep, CancellationToken cancellationToken) : Write
{
    private readonly TaskCompletionSource<T> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? result;

    public Task<T> Result => answer.Task;

    protected override async Task<bool> BodyAsync(DbConnection connection, DbTransaction transaction, Dialect dialect)
    {
        result = await body(new Session(connection, transaction, dialect, cancellationToken));
        return keep(result);
    }

    protected override void Answer()
    {
        if (Fault is { } fault)
        {
            answer.TrySetException(fault);
        }
        else
        {
            answer.TrySetResult(result!);
        }
    }

    protected override void Cancel() => answer.TrySetCanceled(cancellationToken);
}
