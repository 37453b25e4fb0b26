using System.ComponentModel.DataAnnotations;
using Pushbell.Dispatch.Accounts;

namespace Pushbell.Server.Management.Accounts;

/// <summary>Credentials.</summary>
internal sealed record SignInBody
{
    /// <summary>The account's; letter case does not matter.</summary>
    [Required]
    [EmailAddress]
    public string? Email { get; init; }

    /// <summary>The account's password.</summary>
    [Required]
    public string? Password { get; init; }

    /// <summary>Six digits of the authenticator app, or a recovery code; needed when the account has a second factor.</summary>
    public string? Code { get; init; }
}

/// <summary>A link's token.</summary>
internal sealed record LinkBody
{
    /// <summary>What follows <c>#/link/</c> in the link.</summary>
    [Required]
    public string? Token { get; init; }
}

/// <summary>What using a link takes.</summary>
internal sealed record LinkUseBody
{
    /// <summary>What follows <c>#/link/</c> in the link.</summary>
    [Required]
    public string? Token { get; init; }

    /// <summary>The new password, of at least 12 characters; of an invitation to an account that exists, its present one.</summary>
    [Required]
    public string? Password { get; init; }

    /// <summary>Six digits of the authenticator app, or a recovery code; needed when the account has a second factor.</summary>
    public string? Code { get; init; }
}

/// <summary>Another password.</summary>
internal sealed record PasswordBody
{
    /// <summary>The present one.</summary>
    [Required]
    public string? Current { get; init; }

    /// <summary>The one from now on.</summary>
    [Required]
    [MinLength(PasswordRules.MinLength)]
    [MaxLength(PasswordRules.MaxLength)]
    public string? Password { get; init; }
}

/// <summary>A code of the second factor that is being set up.</summary>
internal sealed record CodeBody
{
    /// <summary>Six digits.</summary>
    [Required]
    public string? Code { get; init; }
}

/// <summary>The password, to prove that it is still you.</summary>
internal sealed record PasswordProofBody
{
    /// <summary>The present one.</summary>
    [Required]
    public string? Password { get; init; }
}
