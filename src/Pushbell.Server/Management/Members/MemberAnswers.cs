using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Pushbell.Dispatch;
using Pushbell.Dispatch.Accounts;

namespace Pushbell.Server.Management.Members;

/// <summary>A member of an organization.</summary>
/// <param name="AccountId">The account, <c>acc_…</c>.</param>
/// <param name="Email">Its email, in lower case.</param>
/// <param name="Role">What it may do here.</param>
/// <param name="HasTotp">Signing in takes a code besides the password.</param>
/// <param name="HasSignedIn">At least once.</param>
/// <param name="CreatedAt">When it became a member.</param>
/// <param name="LastSeenAt">When it was last seen in the installation, exact to a minute.</param>
internal sealed record Member(
    string AccountId,
    string Email,
    [property: AllowedValues("viewer", "sender", "admin", "owner")] string Role,
    bool HasTotp,
    bool HasSignedIn,
    DateTimeOffset CreatedAt,
    DateTimeOffset? LastSeenAt
)
{
    public static Member Of(MemberInfo member) =>
        new(
            PublicId.Account(member.AccountId),
            member.Email,
            member.Role,
            member.HasTotp,
            member.LastSeenAt is not null,
            DateTimeOffset.FromUnixTimeMilliseconds(member.CreatedAt),
            member.LastSeenAt is { } seen ? DateTimeOffset.FromUnixTimeMilliseconds(seen) : null
        );
}

/// <summary>An invitation that waits to be taken.</summary>
/// <param name="InvitationId">The invitation, <c>inv_…</c>.</param>
/// <param name="Email">Who is invited.</param>
/// <param name="Role">As what.</param>
/// <param name="CreatedAt">When.</param>
/// <param name="ExpiresAt">Good until then.</param>
internal record Invitation(
    string InvitationId,
    string Email,
    [property: AllowedValues("viewer", "sender", "admin", "owner")] string Role,
    DateTimeOffset CreatedAt,
    DateTimeOffset ExpiresAt
)
{
    public static Invitation Of(InvitationInfo invitation) =>
        new(
            PublicId.Invitation(invitation.Id),
            invitation.Email,
            invitation.Role,
            DateTimeOffset.FromUnixTimeMilliseconds(invitation.CreatedAt),
            DateTimeOffset.FromUnixTimeMilliseconds(invitation.ExpiresAt)
        );
}

/// <summary>An invitation just made.</summary>
/// <param name="InvitationId">The invitation, <c>inv_…</c>.</param>
/// <param name="Email">Who is invited.</param>
/// <param name="Role">As what.</param>
/// <param name="CreatedAt">When.</param>
/// <param name="ExpiresAt">Good until then.</param>
/// <param name="Link">To be handed to who is invited; shown this once.</param>
internal sealed record NewInvitation(
    string InvitationId,
    string Email,
    string Role,
    DateTimeOffset CreatedAt,
    DateTimeOffset ExpiresAt,
    string Link
) : Invitation(InvitationId, Email, Role, CreatedAt, ExpiresAt)
{
    public static NewInvitation Of(InvitationInfo made, string link)
    {
        var invitation = Of(made);
        return new NewInvitation(invitation.InvitationId, invitation.Email, invitation.Role, invitation.CreatedAt, invitation.ExpiresAt, link);
    }
}

/// <summary>Who belongs to an organization, and who is invited.</summary>
/// <param name="Entries">The oldest first.</param>
/// <param name="Invitations">Those that are still good, the newest first.</param>
internal sealed record MemberList([property: JsonPropertyName("members")] IReadOnlyList<Member> Entries, IReadOnlyList<Invitation> Invitations);

/// <summary>Whom to invite.</summary>
internal sealed record InvitationBody
{
    /// <summary>Letter case does not matter.</summary>
    [Required]
    [EmailAddress]
    public string? Email { get; init; }

    /// <summary>As what; an owner only by an owner.</summary>
    [Required]
    [AllowedValues("viewer", "sender", "admin", "owner")]
    public string? Role { get; init; }
}

/// <summary>Another role.</summary>
internal sealed record MemberChange
{
    /// <summary>From the next request on.</summary>
    [Required]
    [AllowedValues("viewer", "sender", "admin", "owner")]
    public string? Role { get; init; }
}
