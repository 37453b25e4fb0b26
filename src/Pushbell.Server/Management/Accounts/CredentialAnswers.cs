using Pushbell.Dispatch;
using Pushbell.Dispatch.Accounts;
using Pushbell.Server.Hosting;

namespace Pushbell.Server.Management.Accounts;

/// <summary>What is said to credentials that are not good.</summary>
internal static class CredentialAnswers
{
    /// <summary>To somebody who signs in.</summary>
    public static IResult Of(CredentialCheck check) =>
        check switch
        {
            CredentialCheck.Wrong => ManageErrors.Of(new Failure.Unauthorized("The email or the password is wrong.")),
            CredentialCheck.CodeNeeded { WasWrong: false } => ManageErrors.TotpRequired("Enter the code of your authenticator app, or one of your recovery codes."),
            CredentialCheck.CodeNeeded => ManageErrors.TotpRequired("The code is wrong, was used already, or its time is over. Enter the next one, or a recovery code."),
            CredentialCheck.TooMany { Wait: var wait } => ManageErrors.Of(
                new Refusal(RefusalKind.RateLimited, $"Too many wrong attempts. Try again in {Math.Ceiling(wait.TotalMinutes):0} minutes.", wait)
            ),
            _ => throw new ArgumentOutOfRangeException(nameof(check)),
        };

    /// <summary>To somebody who is signed in and gives his password once more: no 401, for he need not sign in again.</summary>
    public static IResult OfProof(CredentialCheck check) =>
        check is CredentialCheck.Wrong ? ManageErrors.Of(new Failure.InvalidRequest("This is not your present password.")) : Of(check);
}
