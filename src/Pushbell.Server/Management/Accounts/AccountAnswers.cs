using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json.Serialization;
using Pushbell.Dispatch;
using Pushbell.Dispatch.Accounts;

namespace Pushbell.Server.Management.Accounts;

/// <summary>Who is signed in.</summary>
/// <param name="Account">The account.</param>
/// <param name="Organizations">Where it is a member; of an operator every organization.</param>
/// <param name="CsrfToken">What every request that is no GET carries in <c>X-Csrf-Token</c>.</param>
/// <param name="Version">Of the product.</param>
internal sealed record Session(SessionAccount Account, IReadOnlyList<SessionOrganization> Organizations, string CsrfToken, string Version)
{
    private static readonly string ProductVersion =
        typeof(Session).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    public static async Task<Session> OfAsync(AccountBook accounts, long account, string token, CancellationToken cancellationToken)
    {
        var info = await accounts.GetAsync(account, cancellationToken);
        var memberships = await accounts.MembershipsAsync(info, cancellationToken);
        return new Session(
            new SessionAccount(PublicId.Account(info.Id), info.Email, info.IsOperator, info.HasTotp),
            [.. memberships.Select(SessionOrganization.Of)],
            ManageGate.CsrfTokenOf(token),
            ProductVersion
        );
    }
}

/// <summary>The account that is signed in.</summary>
/// <param name="AccountId">The account, <c>acc_…</c>.</param>
/// <param name="Email">Its email, in lower case.</param>
/// <param name="IsOperator">It may do everything in every organization.</param>
/// <param name="HasTotp">Signing in takes a code besides the password.</param>
internal sealed record SessionAccount(string AccountId, string Email, bool IsOperator, bool HasTotp);

/// <summary>An organization of the account.</summary>
/// <param name="OrganizationId">The organization, <c>org_…</c>.</param>
/// <param name="Name">Its name as people see it.</param>
/// <param name="Role">What the account may do there.</param>
internal sealed record SessionOrganization(
    string OrganizationId,
    string Name,
    [property: AllowedValues("viewer", "sender", "admin", "owner")] string Role
)
{
    public static SessionOrganization Of(Membership membership) =>
        new(PublicId.Organization(membership.OrganizationId), membership.Name, membership.Role);
}

/// <summary>Where the account is signed in.</summary>
/// <param name="Entries">Each session that has not ended, the newest first.</param>
internal sealed record Sessions([property: JsonPropertyName("sessions")] IReadOnlyList<SessionInfo> Entries);

/// <summary>One session.</summary>
/// <param name="SessionId">The session, <c>ses_…</c>.</param>
/// <param name="CreatedAt">When it began.</param>
/// <param name="LastSeenAt">When it was last used, exact to a minute.</param>
/// <param name="Address">The network address that it began from.</param>
/// <param name="UserAgent">The browser that it began in.</param>
/// <param name="IsCurrent">It is the one that asks.</param>
internal sealed record SessionInfo(
    string SessionId,
    DateTimeOffset CreatedAt,
    DateTimeOffset LastSeenAt,
    string Address,
    string UserAgent,
    bool IsCurrent
)
{
    public static SessionInfo Of(Dispatch.Accounts.SessionInfo session, long? current) =>
        new(
            PublicId.Session(session.Id),
            DateTimeOffset.FromUnixTimeMilliseconds(session.CreatedAt),
            DateTimeOffset.FromUnixTimeMilliseconds(session.LastSeenAt),
            session.Address,
            session.UserAgent,
            session.Id == current
        );
}

/// <summary>A one-time link, before it is used.</summary>
/// <param name="Kind">first: of a new installation; reset: from the operator; invitation: into an organization.</param>
/// <param name="Email">Whose account it is about.</param>
/// <param name="OrganizationName">Of an invitation: into which organization.</param>
/// <param name="Role">Of an invitation: as what.</param>
/// <param name="Needs">new_password: using it sets one; password: the account's present one is asked for.</param>
/// <param name="ExpiresAt">Good until then.</param>
internal sealed record LinkInfo(
    [property: AllowedValues("first", "reset", "invitation")] string Kind,
    string Email,
    string? OrganizationName,
    [property: AllowedValues("viewer", "sender", "admin", "owner")] string? Role,
    [property: AllowedValues("new_password", "password")] string Needs,
    DateTimeOffset ExpiresAt
)
{
    public static LinkInfo Of(LinkLook link) =>
        new(
            link.Kind.ToString().ToLowerInvariant(),
            link.Email,
            link.OrganizationName,
            link.Role is { } role ? RoleNames.Of(role) : null,
            link.TakesNewPassword ? "new_password" : "password",
            link.ExpiresAt
        );
}

/// <summary>A second factor that is being set up; it counts from when a code has proved it.</summary>
/// <param name="Secret">In base 32, to type into an app.</param>
/// <param name="Uri">The same for a QR code, <c>otpauth://…</c>.</param>
internal sealed record TotpProposal(string Secret, string Uri);

/// <summary>Codes for when the second factor is lost, each good once; shown this once.</summary>
/// <param name="Codes">Ten.</param>
internal sealed record RecoveryCodes([property: JsonPropertyName("recovery_codes")] IReadOnlyList<string> Codes);
