using Pushbell.Server.Hosting.OpenApi;

namespace Pushbell.Server.Management.Accounts;

/// <summary>What the document of /manage says of signing in.</summary>
internal static class AccountOperations
{
    private static readonly Example Account = new(
        "session",
        "An owner",
        """
        {"account": {"account_id": "acc_03v8k2m4n6p8q", "email": "owner@example.com", "is_operator": false, "has_totp": true},
         "organizations": [{"organization_id": "org_03v8k2m4n6p8r", "name": "Example", "role": "owner"}],
         "csrf_token": "0pVvFh0fYk1m3n5p7r9t", "version": "0.1.0"}
        """
    );

    public static OperationWithBody SignIn { get; } =
        new(
            "signIn",
            ManageReference.SigningIn,
            "Sign in",
            """
            Begins a session, whose token is in a cookie that scripts cannot read. After 5 wrong attempts for an account, or 20 from an address, within
            15 minutes further ones are refused. With a second factor the first answer may be `TOTP_REQUIRED`: repeat with `code`.
            """
        )
        {
            Body = typeof(SignInBody),
            BodyExamples = [new("password", "With a password", """{"email": "owner@example.com", "password": "correct horse battery"}""")],
            Answer = typeof(Session),
            AnswerDescription = "The session has begun.",
            AnswerExamples = [Account],
            Refusals = [429],
        };

    public static Operation GetSession { get; } =
        new("getSession", ManageReference.SigningIn, "Who is signed in", "The account, its organizations, and the antiforgery token of the session.")
        {
            Answer = typeof(Session),
            AnswerDescription = "The session.",
            AnswerExamples = [Account],
        };

    public static Operation SignOut { get; } =
        new("signOut", ManageReference.SigningIn, "Sign out", "Ends the session and clears its cookie.")
        {
            Answer = null,
            Status = StatusCodes.Status204NoContent,
            AnswerDescription = "The session has ended.",
        };

    public static Operation ListSessions { get; } =
        new("listSessions", ManageReference.SigningIn, "List sessions", "Where the account is signed in, the newest first.")
        {
            Answer = typeof(Sessions),
            AnswerDescription = "The sessions.",
        };

    public static Operation EndSession { get; } =
        new("endSession", ManageReference.SigningIn, "End a session", "Signs the account out elsewhere.")
        {
            Parameters = [new("session_id", "As the list shows it, `ses_…`.")],
            Answer = null,
            Status = StatusCodes.Status204NoContent,
            AnswerDescription = "The session has ended.",
            Refusals = [404],
        };

    public static OperationWithBody LookAtLink { get; } =
        new("lookAtLink", ManageReference.SigningIn, "Look at a link", "What a one-time link is for, without using it.")
        {
            Body = typeof(LinkBody),
            BodyExamples = [new("link", "A token", """{"token": "ln_0123456789abcdefghijklmnopqrst"}""")],
            Answer = typeof(LinkInfo),
            AnswerDescription = "The link is good.",
            Refusals = [404],
        };

    public static OperationWithBody UseLink { get; } =
        new(
            "useLink",
            ManageReference.SigningIn,
            "Use a link",
            """
            Sets the password, or takes an invitation, and signs in. A link is good once. Of an invitation to an account that exists, the password is
            its present one. An account with a second factor needs its `code` here too, unless the operator made the link to remove it.
            """
        )
        {
            Body = typeof(LinkUseBody),
            BodyExamples = [new("password", "A new password", """{"token": "ln_0123456789abcdefghijklmnopqrst", "password": "correct horse battery"}""")],
            Answer = typeof(Session),
            AnswerDescription = "The link is used, a session has begun.",
            AnswerExamples = [Account],
            Refusals = [404, 429],
        };

    public static OperationWithBody ChangePassword { get; } =
        new("changePassword", ManageReference.SigningIn, "Change the password", "At least 12 characters, and not the email. All other sessions of the account end.")
        {
            Body = typeof(PasswordBody),
            BodyExamples = [new("passwords", "Both", """{"current": "correct horse battery", "password": "staple correct horse"}""")],
            Answer = null,
            Status = StatusCodes.Status204NoContent,
            AnswerDescription = "The password is changed.",
            Refusals = [429],
        };

    public static Operation ProposeTotp { get; } =
        new("proposeTotp", ManageReference.SigningIn, "Begin a second factor", "Makes a secret for an authenticator app. It counts from when a code has proved it.")
        {
            Answer = typeof(TotpProposal),
            AnswerDescription = "The secret.",
            Refusals = [409],
        };

    public static OperationWithBody ConfirmTotp { get; } =
        new("confirmTotp", ManageReference.SigningIn, "Put the second factor to use", "With a code of the proposed secret. The recovery codes are shown this once.")
        {
            Body = typeof(CodeBody),
            BodyExamples = [new("code", "Six digits", """{"code": "287082"}""")],
            Answer = typeof(RecoveryCodes),
            AnswerDescription = "Signing in takes a code from now on.",
            Refusals = [409],
        };

    public static OperationWithBody RemoveTotp { get; } =
        new("removeTotp", ManageReference.SigningIn, "Remove the second factor", "Takes the password. The recovery codes go with it.")
        {
            Body = typeof(PasswordProofBody),
            BodyExamples = [new("password", "The present password", """{"password": "correct horse battery"}""")],
            Answer = null,
            Status = StatusCodes.Status204NoContent,
            AnswerDescription = "Signing in takes the password alone.",
            Refusals = [429],
        };
}
