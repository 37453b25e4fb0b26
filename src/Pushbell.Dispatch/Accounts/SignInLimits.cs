using Pushbell.Dispatch.Storage;

namespace Pushbell.Dispatch.Accounts;

/// <summary>
/// How often a password or code may be tried: in any 15 minutes 5 wrong ones for an account, known or not, and 20 from an address. Counted in
/// the database, for all nodes together. A place is taken before anything is checked, so that many at once get no further than one after
/// the other, and is given back when all was right.
/// </summary>
public sealed class SignInLimits(Database database, IdGenerator ids, TimeProvider clock)
{
    public const int PerAccount = 5, PerAddress = 20;
    public static readonly TimeSpan Period = TimeSpan.FromMinutes(15);

    /// <param name="email">Whose account is tried, normalized. Only a hash of it is kept: people type passwords there.</param>
    /// <param name="address">From where.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    internal Task<SignInPlace> TakeAsync(string email, string address, CancellationToken cancellationToken)
    {
        var (account, from) = ("account/" + KeyText.Hash(email), "address/" + address);
        return database.WriteAsync(
            async session =>
            {
                var now = clock.GetUtcNow();
                var wait = await WaitAsync(session, account, PerAccount, now) ?? await WaitAsync(session, from, PerAddress, now);
                if (wait is not null)
                {
                    return new SignInPlace(0, wait);
                }

                var id = ids.Next();
                foreach (var subject in new[] { account, from })
                {
                    await session.ExecuteAsync(
                        "INSERT INTO sign_in_attempt (subject, id, created_at) VALUES (@subject, @id, @at)",
                        new { subject, id, at = now.ToUnixTimeMilliseconds() }
                    );
                }

                return new SignInPlace(id, Wait: null) { Subjects = [account, from] };
            },
            cancellationToken
        );
    }

    /// <summary>It was right: it does not count.</summary>
    internal Task ReturnAsync(SignInPlace place, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async session =>
            {
                foreach (var subject in place.Subjects)
                {
                    await session.ExecuteAsync("DELETE FROM sign_in_attempt WHERE subject = @subject AND id = @Id", new { subject, place.Id });
                }
            },
            cancellationToken
        );

    /// <returns>Null while there is room, otherwise the time until there is.</returns>
    private static async Task<TimeSpan?> WaitAsync(Session session, string subject, int most, DateTimeOffset now)
    {
        // Accounts before addresses, always: nobody waits for each other.
        await session.LockAsync("sign-in/" + subject);
        var since = (now - Period).ToUnixTimeMilliseconds();
        var tried = await session.ListAsync<long>(
            "SELECT created_at FROM sign_in_attempt WHERE subject = @subject AND created_at > @since ORDER BY created_at",
            new { subject, since }
        );
        return tried.Count < most ? null : TimeSpan.FromMilliseconds(tried[^most] - since);
    }
}

/// <summary>Leave to try once; or, when <see cref="Wait"/> is set, none before that time is over.</summary>
internal sealed record SignInPlace(long Id, TimeSpan? Wait)
{
    public IReadOnlyList<string> Subjects { get; init; } = [];
}
