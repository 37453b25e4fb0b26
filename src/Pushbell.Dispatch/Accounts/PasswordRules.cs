namespace Pushbell.Dispatch.Accounts;

/// <summary>What a new password must be. Length is what counts; no characters are prescribed (NIST SP 800-63B §3.1.1.2).</summary>
public static class PasswordRules
{
    /// <summary>In Unicode scalar values.</summary>
    public const int MinLength = 12;

    /// <summary>Far above any real one; longer ones would only cost hashing time.</summary>
    public const int MaxLength = 1_000;

    /// <returns>Null, or what is wrong with it.</returns>
    public static string? Problem(string password, string email)
    {
        var length = password.EnumerateRunes().Count();
        return length < MinLength ? $"The password must have at least {MinLength} characters."
            : length > MaxLength ? $"The password must have at most {MaxLength} characters."
            : password.Trim().Equals(email, StringComparison.OrdinalIgnoreCase) ? "The password must not be the email."
            : null;
    }
}
