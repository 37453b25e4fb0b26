using Pushbell.Dispatch.Storage;

namespace Pushbell.Dispatch.Accounts;

/// <summary>Forgets what has lapsed: sessions, attempts to sign in, and links after everybody who might still click them has been told why they fail.</summary>
public sealed class AccountSweep(Database database, TimeProvider clock)
{
    private static readonly TimeSpan LinksKept = TimeSpan.FromDays(30);

    internal Task RunAsync(CancellationToken cancellationToken) =>
        database.WriteAsync(
            async session =>
            {
                var now = clock.GetUtcNow();
                await session.ExecuteAsync("DELETE FROM sign_in_attempt WHERE created_at <= @before", Before(now - SignInLimits.Period));
                await session.ExecuteAsync("DELETE FROM account_session WHERE last_seen_at <= @before", Before(now - AccountSessions.IdleEnd));
                await session.ExecuteAsync("DELETE FROM account_session WHERE created_at <= @before", Before(now - AccountSessions.AbsoluteEnd));
                await session.ExecuteAsync("DELETE FROM account_link WHERE expires_at <= @before", Before(now - LinksKept));
                await session.ExecuteAsync("DELETE FROM invitation WHERE expires_at <= @before", Before(now - LinksKept));
            },
            cancellationToken
        );

    private static object Before(DateTimeOffset moment) => new { before = moment.ToUnixTimeMilliseconds() };
}
