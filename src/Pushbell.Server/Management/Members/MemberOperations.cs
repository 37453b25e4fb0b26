using Pushbell.Server.Hosting.OpenApi;

namespace Pushbell.Server.Management.Members;

/// <summary>What the document of /manage says of members and invitations.</summary>
internal static class MemberOperations
{
    private static readonly Parameter OrganizationId = new("organization_id", "The organization, `org_…`.");
    private static readonly Parameter AccountId = new("account_id", "The member's account, `acc_…`.");

    public static Operation List { get; } =
        new("listMembers", ManageReference.Members, "List members", "The members, the oldest first, and the invitations that are still good.")
        {
            Parameters = [OrganizationId],
            Answer = typeof(MemberList),
            AnswerDescription = "Members and invitations.",
            Refusals = [404],
        };

    public static OperationWithBody Invite { get; } =
        new(
            "invite",
            ManageReference.Members,
            "Invite somebody",
            "The link is shown this once, good once, for seven days; hand it over yourself, nothing is mailed. An earlier invitation of the same email is withdrawn. Only an owner invites owners."
        )
        {
            Parameters = [OrganizationId],
            Body = typeof(InvitationBody),
            BodyExamples = [new("admin", "An admin", """{"email": "ann@example.com", "role": "admin"}""")],
            Answer = typeof(NewInvitation),
            Status = StatusCodes.Status201Created,
            AnswerDescription = "The invitation and its link.",
            Refusals = [404, 409],
        };

    public static Operation Withdraw { get; } =
        new("withdrawInvitation", ManageReference.Members, "Withdraw an invitation", "Its link is good no more.")
        {
            Parameters = [OrganizationId, new("invitation_id", "The invitation, `inv_…`.")],
            Answer = null,
            Status = StatusCodes.Status204NoContent,
            AnswerDescription = "The invitation is withdrawn.",
            Refusals = [404],
        };

    public static OperationWithBody Change { get; } =
        new("changeMember", ManageReference.Members, "Change a role", "From the member's next request on. Only an owner makes or changes owners, and the last owner stays one.")
        {
            Parameters = [OrganizationId, AccountId],
            Body = typeof(MemberChange),
            BodyExamples = [new("viewer", "Only looks from now on", """{"role": "viewer"}""")],
            Answer = typeof(Member),
            AnswerDescription = "The member as it is now.",
            Refusals = [404, 409],
        };

    public static Operation Remove { get; } =
        new("removeMember", ManageReference.Members, "Remove a member", "From the next request on; the account itself stays. Only an owner removes owners, and the last owner stays.")
        {
            Parameters = [OrganizationId, AccountId],
            Answer = null,
            Status = StatusCodes.Status204NoContent,
            AnswerDescription = "The member is removed.",
            Refusals = [404, 409],
        };
}
