using Pushbell.Dispatch.Storage;

namespace Pushbell.Dispatch.Limits;

/// <summary>Makes windows of the kind that the installation needs: one process counts by itself, many count together.</summary>
public sealed class RequestWindows(Database database, TimeProvider clock)
{
    private static readonly TimeSpan Forgotten = TimeSpan.FromMinutes(2);

    /// <param name="name">What is counted, for headers and sentences.</param>
    /// <param name="most">At most so many in any 60 seconds.</param>
    public IRequestWindow Create(string name, int most) =>
        database.Dialect.CountRequest is null ? new OwnWindow(name, most, clock) : new SharedWindow(name, most, database, clock);

    /// <summary>Forgets whoever has not been heard of since.</summary>
    internal Task SweepAsync(CancellationToken cancellationToken) =>
        database.Dialect.ForgetRequests is { } forget
            ? database.WriteAsync(
                session =>
                    session.ExecuteAsync(
                        forget,
                        new { now = clock.GetUtcNow().ToUnixTimeMilliseconds(), forgotten = (long)Forgotten.TotalMilliseconds }
                    ),
                cancellationToken
            )
            : Task.CompletedTask;
}
