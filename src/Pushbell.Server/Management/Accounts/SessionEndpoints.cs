using Pushbell.Dispatch;
using Pushbell.Dispatch.Accounts;
using Pushbell.Dispatch.Registrations;
using Pushbell.Server.Hosting;

namespace Pushbell.Server.Management.Accounts;

internal static partial class SessionEndpoints
{
    public static async Task<IResult> SignInAsync(HttpContext context, SignIn signIn, AccountBook accounts, ILoggerFactory loggers)
    {
        var (body, refusal) = await JsonBody.ReadAsync(context, ManageJson.Default.SignInBody, JsonBody.SmallLimit);
        if (body is null)
        {
            return ManageErrors.Of(refusal!);
        }

        if (body is not { Email: { } email, Password: { } password })
        {
            return ManageErrors.Of(new Failure.InvalidRequest("email and password are required."));
        }

        // What is no address is nobody's, and takes the same way as an address that is nobody's.
        var given = new GivenCredentials(SubscriberEmails.Normalize(email) ?? email, password, body.Code);
        var (check, token) = await signIn.RunAsync(given, VisitorOf(context), AuditNote.Take(context, given.Email), context.RequestAborted);
        if (token is not null)
        {
            return await BeginAsync(context, accounts, ((CredentialCheck.Right)check).AccountId, token);
        }

        Log.Refused(loggers.CreateLogger("Pushbell.Server.Management.SignIn"), RemoteAddress.Of(context), check.GetType().Name);
        return CredentialAnswers.Of(check);
    }

    public static async Task<IResult> GetAsync(HttpContext context, AccountBook accounts)
    {
        var session = await Session.OfAsync(accounts, AccountOf(context), SessionCookie.Read(context.Request)!, context.RequestAborted);
        return TypedResults.Json(session, ManageJson.Default.Session);
    }

    public static async Task<IResult> EndAsync(HttpContext context, SignIn signIn)
    {
        var session = ManageGate.ManagerOf(context).SessionId!.Value;
        await signIn.EndAsync(AccountOf(context), session, AuditNote.Take(context), context.RequestAborted);
        SessionCookie.Clear(context);
        return TypedResults.NoContent();
    }

    public static async Task<IResult> ListAsync(HttpContext context, AccountSessions sessions)
    {
        var all = await sessions.ListAsync(AccountOf(context), context.RequestAborted);
        var current = ManageGate.ManagerOf(context).SessionId;
        return TypedResults.Json(new Sessions([.. all.Select(session => SessionInfo.Of(session, current))]), ManageJson.Default.Sessions);
    }

    public static async Task<IResult> EndOneAsync(HttpContext context, string session_id, SignIn signIn) =>
        PublicId.TrySession(session_id, out var id)
        && await signIn.EndAsync(AccountOf(context), id, AuditNote.Take(context), context.RequestAborted)
            ? TypedResults.NoContent()
            : ManageErrors.Of(new Failure.NotFound($"There is no session {session_id}."));

    /// <summary>Gives the browser its session.</summary>
    public static async Task<IResult> BeginAsync(HttpContext context, AccountBook accounts, long account, string token)
    {
        SessionCookie.Write(context, token);
        return TypedResults.Json(await Session.OfAsync(accounts, account, token, context.RequestAborted), ManageJson.Default.Session);
    }

    public static long AccountOf(HttpContext context) => ManageGate.ManagerOf(context).AccountId!.Value;

    public static Visitor VisitorOf(HttpContext context) => new(RemoteAddress.Of(context), context.Request.Headers.UserAgent.ToString());

    private static partial class Log
    {
        // Never whose: what was typed there may be a password.
        [LoggerMessage(Level = LogLevel.Warning, Message = "a sign-in from {Address} was refused: {Reason}")]
        public static partial void Refused(ILogger logger, string address, string reason);
    }
}
