namespace Pushbell.Server.Management.Members;

/// <summary>Who belongs to an organization, and who is invited.</summary>
internal static class MemberRoutes
{
    public static void MapMembers(this IEndpointRouteBuilder organization)
    {
        organization.MapGet("/members", MemberEndpoints.ListAsync).WithMetadata(ManageAccess.Viewer, MemberOperations.List);
        organization
            .MapPost("/invitations", MemberEndpoints.InviteAsync)
            .WithMetadata(ManageAccess.Admin, new Audited("member.invite"), MemberOperations.Invite);
        organization
            .MapDelete("/invitations/{invitation_id}", MemberEndpoints.WithdrawAsync)
            .WithMetadata(ManageAccess.Admin, new Audited("invitation.withdraw"), MemberOperations.Withdraw);
        organization
            .MapPatch("/members/{account_id}", MemberEndpoints.ChangeAsync)
            .WithMetadata(ManageAccess.Admin, new Audited("member.role"), MemberOperations.Change);
        organization
            .MapDelete("/members/{account_id}", MemberEndpoints.RemoveAsync)
            .WithMetadata(ManageAccess.Admin, new Audited("member.remove"), MemberOperations.Remove);
    }
}
