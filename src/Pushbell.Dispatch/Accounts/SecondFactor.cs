using System.Security.Cryptography;
using System.Text;
using Pushbell.Dispatch.Audit;
using Pushbell.Dispatch.Sealing;
using Pushbell.Dispatch.Storage;

namespace Pushbell.Dispatch.Accounts;

/// <summary>
/// The second factor of an account: a TOTP secret, sealed, and ten recovery codes, of which only keyed hashes are kept. A step and a recovery
/// code are good once.
/// </summary>
public sealed class SecondFactor(Database database, MasterKey master, AuditLog audit, TimeProvider clock)
{
    public const int RecoveryCodes = 10;

    private const int HalfCode = 5, CodeDigits = 6;

    // Without what people confuse: Crockford's base 32.
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    private readonly Sealer sealer = new(master, "totp");
    private readonly byte[] recoveryKey = master.Derive("recovery-code");

    /// <summary>Makes a secret; it counts from when a code has proved it.</summary>
    /// <returns>The secret in base 32, or a refusal when there is a second factor already.</returns>
    public async Task<Result<string>> ProposeAsync(long account, CancellationToken cancellationToken)
    {
        var secret = RandomNumberGenerator.GetBytes(Totp.SecretLength);
        var box = sealer.Seal(secret, Context(account));
        var proposed = await database.WriteAsync(
            session =>
                session.ExecuteAsync(
                    "UPDATE account SET sealed_new_totp = @box WHERE id = @account AND sealed_totp IS NULL",
                    new { account, box }
                ),
            cancellationToken
        );
        return proposed == 1
            ? Totp.Text(secret)
            : new Failure.Conflict("This account has a second factor already; remove it first, which takes the password.");
    }

    /// <summary>Puts the proposed secret to use.</summary>
    /// <returns>The recovery codes, to be shown once.</returns>
    public async Task<Result<IReadOnlyList<string>>> ConfirmAsync(long account, string code, Act act, CancellationToken cancellationToken)
    {
        var box = await database.ReadAsync(
            session => session.FirstAsync<byte[]>("SELECT sealed_new_totp FROM account WHERE id = @account", new { account }),
            cancellationToken
        );
        if (box is null)
        {
            return new Failure.Conflict("No second factor is being set up; ask for a secret first.");
        }

        if (Totp.Match(sealer.Open(box, Context(account)), code, clock.GetUtcNow()) is not { } step)
        {
            return new Failure.InvalidRequest("The code is wrong, or its time is over. Check the clock of the device that shows it.");
        }

        var codes = Enumerable.Range(0, RecoveryCodes).Select(_ => NewRecoveryCode()).ToArray();
        var confirmed = await database.WriteAsync(
            async session =>
            {
                var changed = await session.ExecuteAsync(
                    """
                    UPDATE account SET sealed_totp = sealed_new_totp, sealed_new_totp = NULL, totp_step = @step
                    WHERE id = @account AND sealed_new_totp = @box AND sealed_totp IS NULL
                    """,
                    new { account, step, box }
                );
                if (changed == 1)
                {
                    await KeepAsync(session, account, codes);
                    await audit.AddAsync(session, AuditLog.Installation, act, PublicId.Account(account));
                }

                return changed == 1;
            },
            cancellationToken
        );
        return confirmed ? codes : new Failure.Conflict("The second factor was changed meanwhile; begin again.");
    }

    public Task RemoveAsync(long account, Act act, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async session =>
            {
                await RemoveAsync(session, account);
                await audit.AddAsync(session, AuditLog.Installation, act, PublicId.Account(account));
            },
            cancellationToken
        );

    /// <summary>The same within the caller's transaction.</summary>
    internal static async Task RemoveAsync(Session session, long account)
    {
        await session.ExecuteAsync("UPDATE account SET sealed_totp = NULL, sealed_new_totp = NULL WHERE id = @account", new { account });
        await session.ExecuteAsync("DELETE FROM recovery_code WHERE account_id = @account", new { account });
    }

    /// <summary>Takes a code of six digits, or a recovery code, from those that are still good.</summary>
    internal async Task<bool> TakeAsync(StoredAccount account, string code, CancellationToken cancellationToken)
    {
        var text = code.Trim();
        if (text.Length != CodeDigits)
        {
            return await database.WriteAsync(
                    session =>
                        session.ExecuteAsync(
                            "DELETE FROM recovery_code WHERE account_id = @Id AND hash = @hash",
                            new { account.Id, hash = HashOf(account.Id, text) }
                        ),
                    cancellationToken
                ) == 1;
        }

        return Totp.Match(sealer.Open(account.SealedTotp, Context(account.Id)), text, clock.GetUtcNow()) is { } step
            && await database.WriteAsync(
                session => session.ExecuteAsync("UPDATE account SET totp_step = @step WHERE id = @Id AND totp_step < @step", new { account.Id, step }),
                cancellationToken
            ) == 1;
    }

    private async Task KeepAsync(Session session, long account, IEnumerable<string> codes)
    {
        await session.ExecuteAsync("DELETE FROM recovery_code WHERE account_id = @account", new { account });
        foreach (var code in codes)
        {
            await session.ExecuteAsync(
                "INSERT INTO recovery_code (account_id, hash) VALUES (@account, @hash)",
                new { account, hash = HashOf(account, code) }
            );
        }
    }

    private static string NewRecoveryCode() =>
        $"{RandomNumberGenerator.GetString(Alphabet, HalfCode)}-{RandomNumberGenerator.GetString(Alphabet, HalfCode)}";

    /// <summary>Keyed: 50 random bits under a plain hash could be found out by trying.</summary>
    private string HashOf(long account, string code)
    {
        var plain = code.Replace("-", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();
        return Convert.ToHexStringLower(HMACSHA256.HashData(recoveryKey, Encoding.UTF8.GetBytes($"{account}/{plain}")));
    }

    private static string Context(long account) => $"{account}";
}
