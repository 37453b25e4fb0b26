using Pushbell.Dispatch.Audit;
using Pushbell.Dispatch.Storage;

namespace Pushbell.Dispatch.Accounts;

/// <summary>Begins, and ends, sessions of accounts.</summary>
public sealed class SignIn(Database database, Credentials credentials, AccountSessions sessions, AuditLog audit)
{
    /// <returns>What came of the credentials, and the session's token if they are right.</returns>
    public async Task<(CredentialCheck Check, string? Token)> RunAsync(
        GivenCredentials given,
        Visitor visitor,
        Act act,
        CancellationToken cancellationToken
    )
    {
        var check = await credentials.CheckAsync(given, visitor.Address, cancellationToken);
        if (check is not CredentialCheck.Right right)
        {
            return (check, null);
        }

        var token = await database.WriteAsync(
            async session =>
            {
                await audit.AddAsync(session, AuditLog.Installation, act, PublicId.Account(right.AccountId));
                return await sessions.BeginAsync(session, right.AccountId, visitor);
            },
            cancellationToken
        );
        return (check, token);
    }

    /// <summary>Ends a session of an account: the one that asks, or another.</summary>
    /// <returns>Whether there was such a session.</returns>
    public Task<bool> EndAsync(long account, long id, Act act, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async session =>
            {
                var ended = await sessions.EndAsync(session, account, id);
                if (ended)
                {
                    await audit.AddAsync(session, AuditLog.Installation, act, PublicId.Session(id));
                }

                return ended;
            },
            cancellationToken
        );
}
