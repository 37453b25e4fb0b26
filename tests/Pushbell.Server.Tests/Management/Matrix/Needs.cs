namespace Pushbell.Server.Tests.Management.Matrix;

/// <summary>What the contract asks of whoever calls a route.</summary>
internal enum Needs
{
    /// <summary>Nothing: signing in, links.</summary>
    Nothing,

    /// <summary>An account that is signed in; keys have none.</summary>
    Account,

    /// <summary>Any account or key.</summary>
    Anybody,

    Viewer,
    Sender,
    Admin,
    Owner,
    Operator,
}

/// <summary>The contract's role of every route of /manage. A route that is not here fails the matrix.</summary>
internal static class Contract
{
    private const string O = "/organizations/{organization_id}", S = O + "/services/{service_id}";

    /// <summary>Accounts, organizations, members, management keys, audit.</summary>
    public static readonly IReadOnlyDictionary<string, Needs> Core = new Dictionary<string, Needs>(StringComparer.Ordinal)
    {
        ["POST /session"] = Needs.Nothing,
        ["GET /session"] = Needs.Account,
        ["DELETE /session"] = Needs.Account,
        ["GET /session/all"] = Needs.Account,
        ["DELETE /session/all/{session_id}"] = Needs.Account,
        ["POST /links/look"] = Needs.Nothing,
        ["POST /links/use"] = Needs.Nothing,
        ["PUT /account/password"] = Needs.Account,
        ["POST /account/totp"] = Needs.Account,
        ["PUT /account/totp"] = Needs.Account,
        ["DELETE /account/totp"] = Needs.Account,
        ["GET /organizations"] = Needs.Anybody,
        ["POST /organizations"] = Needs.Operator,
        ["GET " + O] = Needs.Viewer,
        ["PATCH " + O] = Needs.Owner,
        ["PUT " + O + "/plan"] = Needs.Operator,
        ["GET " + O + "/members"] = Needs.Viewer,
        ["POST " + O + "/invitations"] = Needs.Admin,
        ["DELETE " + O + "/invitations/{invitation_id}"] = Needs.Admin,
        ["PATCH " + O + "/members/{account_id}"] = Needs.Admin,
        ["DELETE " + O + "/members/{account_id}"] = Needs.Admin,
        ["GET " + O + "/management-keys"] = Needs.Admin,
        ["POST " + O + "/management-keys"] = Needs.Owner,
        ["DELETE " + O + "/management-keys/{key_id}"] = Needs.Owner,
        ["GET " + O + "/audit"] = Needs.Admin,
    };

    /// <summary>Services and all that is below them, credits, alarms.</summary>
    public static readonly IReadOnlyDictionary<string, Needs> Resources = new Dictionary<string, Needs>(StringComparer.Ordinal)
    {
        ["GET " + O + "/services"] = Needs.Viewer,
        ["POST " + O + "/services"] = Needs.Admin,
        ["GET " + S] = Needs.Viewer,
        ["PATCH " + S] = Needs.Admin,
        ["GET " + S + "/vapid"] = Needs.Viewer,
        ["POST " + S + "/vapid"] = Needs.Admin,
        ["DELETE " + S + "/vapid/{public_key}"] = Needs.Admin,
        ["POST /vapid/check"] = Needs.Anybody,
        ["PUT " + S + "/identity-key"] = Needs.Admin,
        ["GET " + S + "/keys"] = Needs.Viewer,
        ["POST " + S + "/keys"] = Needs.Admin,
        ["DELETE " + S + "/keys/{key_id}"] = Needs.Admin,
        ["POST " + S + "/this-browser"] = Needs.Sender,
        ["GET " + S + "/overview"] = Needs.Viewer,
        ["GET " + O + "/credits"] = Needs.Viewer,
        ["GET " + O + "/credits/statement"] = Needs.Viewer,
        ["GET " + O + "/credits/statement.csv"] = Needs.Viewer,
        ["POST " + O + "/credits/top-ups"] = Needs.Operator,
        ["GET " + O + "/alarms"] = Needs.Viewer,
        ["POST " + O + "/alarms/{alarm_id}/resolve"] = Needs.Admin,
        ["POST " + S + "/notifications"] = Needs.Sender,
        ["GET " + S + "/notifications"] = Needs.Viewer,
        ["GET " + S + "/notifications/{request_id}"] = Needs.Viewer,
        ["DELETE " + S + "/notifications/{request_id}"] = Needs.Sender,
        ["GET " + S + "/notifications/{request_id}/deliveries"] = Needs.Viewer,
        ["GET " + S + "/notifications/{request_id}/breakdown"] = Needs.Viewer,
        ["GET " + S + "/notifications/{request_id}/events"] = Needs.Viewer,
        ["GET " + S + "/clients"] = Needs.Viewer,
        ["GET " + S + "/clients/{registration_id}"] = Needs.Viewer,
        ["DELETE " + S + "/clients/{registration_id}"] = Needs.Admin,
        ["POST " + S + "/clients/{registration_id}/test"] = Needs.Sender,
        ["GET " + S + "/troubleshooting"] = Needs.Viewer,
    };

    /// <summary>What is mapped has its line in one of the two tables.</summary>
    public static Needs? Find(string route) =>
        Core.TryGetValue(route, out var core) ? core
        : Resources.TryGetValue(route, out var resource) ? resource
        : null;
}
