using Pushbell.Dispatch.Storage;

namespace Pushbell.Dispatch.Accounts;

/// <summary>An account's row, with what only this folder may see of it.</summary>
internal sealed record StoredAccount
{
    private const string Columns = "id, email, password_hash, is_operator, sealed_totp";

    public long Id { get; init; }

    public string Email { get; init; } = "";

    public string? PasswordHash { get; init; }

    public int IsOperator { get; init; }

    public byte[]? SealedTotp { get; init; }

    /// <param name="session">Reads.</param>
    /// <param name="email">Normalized.</param>
    public static Task<StoredAccount?> FindAsync(Session session, string email) =>
        session.FirstAsync<StoredAccount>($"SELECT {Columns} FROM account WHERE email = @email", new { email });

    public static Task<StoredAccount?> FindAsync(Session session, long id) =>
        session.FirstAsync<StoredAccount>($"SELECT {Columns} FROM account WHERE id = @id", new { id });
}
