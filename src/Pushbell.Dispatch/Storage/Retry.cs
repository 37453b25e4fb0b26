using System.Data.Common;

namespace Pushbell.Dispatch.Storage;

/// <summary>
/// How often something that left nothing behind is tried again: a few times after a collision, and over the moment in which pooled
/// connections find out that their server has been restarted. Real time passes there, whatever clock a test has.
/// </summary>
internal struct Retry(Dialect dialect)
{
    private const int Most = 4;
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(40);
    private int done;

    public readonly bool IsWorthwhile(DbException exception) =>
        done < Most && dialect.IsPassing(exception);

    public Task PauseAsync(CancellationToken cancellationToken) =>
        Task.Delay(Step * Math.Pow(2, done++), TimeProvider.System, cancellationToken);
}
