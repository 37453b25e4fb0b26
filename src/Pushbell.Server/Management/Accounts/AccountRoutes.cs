namespace Pushbell.Server.Management.Accounts;

/// <summary>Signing in, links, and what somebody changes about his own account.</summary>
internal static class AccountRoutes
{
    private static readonly object[] SignedIn = [ManageAccess.Viewer, new AccountOnly()];

    public static void MapAccounts(this IEndpointRouteBuilder manage)
    {
        manage.MapPost("/session", SessionEndpoints.SignInAsync).WithMetadata(new OpenToAll(), new Audited("session.begin"), AccountOperations.SignIn);
        manage.MapGet("/session", SessionEndpoints.GetAsync).WithMetadata(SignedIn).WithMetadata(AccountOperations.GetSession);
        manage.MapDelete("/session", SessionEndpoints.EndAsync).WithMetadata(SignedIn).WithMetadata(new Audited("session.end"), AccountOperations.SignOut);
        manage.MapGet("/session/all", SessionEndpoints.ListAsync).WithMetadata(SignedIn).WithMetadata(AccountOperations.ListSessions);
        manage.MapDelete("/session/all/{session_id}", SessionEndpoints.EndOneAsync).WithMetadata(SignedIn).WithMetadata(new Audited("session.end"), AccountOperations.EndSession);
        manage.MapPost("/links/look", LinkEndpoints.LookAsync).WithMetadata(new OpenToAll(), AccountOperations.LookAtLink);
        manage.MapPost("/links/use", LinkEndpoints.UseAsync).WithMetadata(new OpenToAll(), new Audited("link.use"), AccountOperations.UseLink);
        manage.MapPut("/account/password", AccountEndpoints.ChangePasswordAsync).WithMetadata(SignedIn).WithMetadata(new Audited("password.change"), AccountOperations.ChangePassword);
        manage.MapPost("/account/totp", AccountEndpoints.ProposeTotpAsync).WithMetadata(SignedIn).WithMetadata(new Audited("totp.propose"), AccountOperations.ProposeTotp);
        manage.MapPut("/account/totp", AccountEndpoints.ConfirmTotpAsync).WithMetadata(SignedIn).WithMetadata(new Audited("totp.confirm"), AccountOperations.ConfirmTotp);
        manage.MapDelete("/account/totp", AccountEndpoints.RemoveTotpAsync).WithMetadata(SignedIn).WithMetadata(new Audited("totp.remove"), AccountOperations.RemoveTotp);
    }
}
