using Pushbell.Dispatch.Storage;

namespace Pushbell.Dispatch.Limits;

/// <summary>Counts for all nodes together, in one statement of the database and by its clock.</summary>
/// <param name="name">What is counted, for headers and sentences.</param>
/// <param name="most">At most so many.</param>
/// <param name="database">One with <see cref="Dialect.CountRequest"/>.</param>
/// <param name="clock">Where the database does not measure by a clock of its own.</param>
internal sealed class SharedWindow(string name, int most, Database database, TimeProvider clock) : IRequestWindow
{
    // Up to here each request is remembered by itself; of more, how many there were in each second, which then counts to its end.
    private const int ExactUpTo = 200;

    private static readonly TimeSpan Millisecond = TimeSpan.FromMilliseconds(1), Second = TimeSpan.FromSeconds(1);

    public async ValueTask<RequestUse> CountAsync(long organization, string subject, CancellationToken cancellationToken)
    {
        var (before, wait) = await database.ReadAsync(
            session =>
                session.FirstAsync<(int Used, long Wait)>(
                    session.Dialect.CountRequest!,
                    new
                    {
                        organization,
                        subject = $"{name}/{subject}",
                        most,
                        grain = (long)(most <= ExactUpTo ? Millisecond : Second).TotalMilliseconds,
                        now = clock.GetUtcNow().ToUnixTimeMilliseconds(),
                    }
                ),
            cancellationToken
        );
        return new RequestUse(name, most, Math.Max(0, most - before - 1), TimeSpan.FromMilliseconds(wait), before >= most);
    }
}
