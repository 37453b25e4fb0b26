using System.Security.Cryptography;
using Pushbell.Dispatch.Storage;

namespace Pushbell.Dispatch.Accounts;

/// <summary>What came of credentials.</summary>
public abstract record CredentialCheck
{
    public sealed record Right(long AccountId, string Email) : CredentialCheck;

    /// <summary>The email is unknown or the password is wrong: which of them, nobody is told.</summary>
    public sealed record Wrong : CredentialCheck;

    /// <summary>The password is right, but the second factor is missing or wrong.</summary>
    public sealed record CodeNeeded(bool WasWrong) : CredentialCheck;

    /// <summary>Too many wrong ones lately; nothing was checked.</summary>
    public sealed record TooMany(TimeSpan Wait) : CredentialCheck;
}

/// <summary>Credentials as somebody gives them.</summary>
/// <param name="Email">Normalized.</param>
/// <param name="Password">As typed.</param>
/// <param name="Code">Of the second factor, or a recovery code; null when none was given.</param>
public sealed record GivenCredentials(string Email, string Password, string? Code);

/// <summary>
/// Checks passwords and second factors, wrong ones limited. An unknown email takes the same steps and the same hashing as a known one, so that
/// neither answer nor time tells them apart.
/// </summary>
public sealed class Credentials(Database database, SignInLimits limits, SecondFactor factor)
{
    // Nobody's password.
    private static readonly string NobodysHash = PasswordHash.Create(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));

    /// <summary>Both factors, as signing in takes.</summary>
    public Task<CredentialCheck> CheckAsync(GivenCredentials given, string address, CancellationToken cancellationToken) =>
        CheckAsync(given, address, withFactor: true, cancellationToken);

    /// <summary>The password alone, of an account that is signed in.</summary>
    public Task<CredentialCheck> CheckPasswordAsync(string email, string password, string address, CancellationToken cancellationToken) =>
        CheckAsync(new GivenCredentials(email, password, Code: null), address, withFactor: false, cancellationToken);

    /// <summary>The second factor alone, of somebody who holds a link.</summary>
    internal async Task<CredentialCheck> CheckCodeAsync(StoredAccount account, string? code, string address, CancellationToken cancellationToken)
    {
        var place = await limits.TakeAsync(account.Email, address, cancellationToken);
        return place.Wait is { } wait ? new CredentialCheck.TooMany(wait) : await CheckCodeAsync(account, code, place, cancellationToken);
    }

    private async Task<CredentialCheck> CheckAsync(GivenCredentials given, string address, bool withFactor, CancellationToken cancellationToken)
    {
        var place = await limits.TakeAsync(given.Email, address, cancellationToken);
        if (place.Wait is { } wait)
        {
            return new CredentialCheck.TooMany(wait);
        }

        var account = await database.ReadAsync(session => StoredAccount.FindAsync(session, given.Email), cancellationToken);
        var matches = PasswordHash.Verify(given.Password, account?.PasswordHash ?? NobodysHash);
        if (!matches || account?.PasswordHash is null)
        {
            return new CredentialCheck.Wrong();
        }

        return await CheckCodeAsync(withFactor ? account : account with { SealedTotp = null }, given.Code, place, cancellationToken);
    }

    private async Task<CredentialCheck> CheckCodeAsync(StoredAccount account, string? code, SignInPlace place, CancellationToken cancellationToken)
    {
        var isRight = account.SealedTotp is null || (code is not null && await factor.TakeAsync(account, code, cancellationToken));
        if (!isRight && code is not null)
        {
            return new CredentialCheck.CodeNeeded(WasWrong: true);
        }

        // Nothing was wrong so far, whether a code is still to come or not.
        await limits.ReturnAsync(place, cancellationToken);
        return isRight ? new CredentialCheck.Right(account.Id, account.Email) : new CredentialCheck.CodeNeeded(WasWrong: false);
    }
}
