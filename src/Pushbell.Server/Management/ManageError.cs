using System.ComponentModel.DataAnnotations;

namespace Pushbell.Server.Management;

/// <summary>Every error of /manage: one sentence and one code.</summary>
/// <param name="Detail">What is wrong and what to do, for a person to read.</param>
/// <param name="Code">What is wrong, to branch on.</param>
internal sealed record ManageError(
    string Detail,
    [property: AllowedValues(
        "UNAUTHORIZED",
        "TOTP_REQUIRED",
        "FORBIDDEN",
        "INVALID_REQUEST",
        "NOT_FOUND",
        "CONFLICT",
        "INSUFFICIENT_CREDITS",
        "RATE_LIMITED",
        "QUOTA_EXCEEDED",
        "SERVICE_UNAVAILABLE",
        "INTERNAL_ERROR"
    )]
        string Code
);
