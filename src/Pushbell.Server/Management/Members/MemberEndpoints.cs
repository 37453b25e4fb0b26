using Pushbell.Dispatch;
using Pushbell.Dispatch.Accounts;
using Pushbell.Dispatch.Registrations;
using Pushbell.Server.Hosting;

namespace Pushbell.Server.Management.Members;

internal static class MemberEndpoints
{
    private static readonly Failure.InvalidRequest BadRole = new($"role must be one of {string.Join(", ", RoleNames.All)}.");

    public static async Task<IResult> ListAsync(HttpContext context, Dispatch.Accounts.Members members, Invitations invitations)
    {
        var organization = ManageGate.ManagerOf(context).OrganizationId;
        var all = await members.ListAsync(organization, context.RequestAborted);
        var open = await invitations.ListAsync(organization, context.RequestAborted);
        return TypedResults.Json(new MemberList([.. all.Select(Member.Of)], [.. open.Select(Invitation.Of)]), ManageJson.Default.MemberList);
    }

    public static async Task<IResult> InviteAsync(HttpContext context, Invitations invitations, OwnAddresses own)
    {
        var (body, refusal) = await JsonBody.ReadAsync(context, ManageJson.Default.InvitationBody, JsonBody.SmallLimit);
        if (body is null)
        {
            return ManageErrors.Of(refusal!);
        }

        if (SubscriberEmails.Normalize(body.Email ?? "") is not { } email)
        {
            return ManageErrors.Of(new Failure.InvalidRequest("email is not an email address."));
        }

        if (RoleNames.Find(body.Role) is not { } role)
        {
            return ManageErrors.Of(BadRole);
        }

        var manager = ManageGate.ManagerOf(context);
        var made = await invitations.CreateAsync(manager.OrganizationId, email, role, manager.Role, AuditNote.Take(context), context.RequestAborted);
        return made.TryGet(out var invitation, out var failure)
            ? TypedResults.Json(
                NewInvitation.Of(invitation.Invitation, DashboardLink.Of(own.UrlOf(context.Request), invitation.Token)),
                ManageJson.Default.NewInvitation,
                statusCode: StatusCodes.Status201Created
            )
            : ManageErrors.Of(failure);
    }

    public static async Task<IResult> WithdrawAsync(HttpContext context, string invitation_id, Invitations invitations) =>
        PublicId.TryInvitation(invitation_id, out var id)
        && await invitations.WithdrawAsync(ManageGate.ManagerOf(context).OrganizationId, id, AuditNote.Take(context), context.RequestAborted)
            ? TypedResults.NoContent()
            : ManageErrors.Of(new Failure.NotFound($"There is no invitation {invitation_id}."));

    public static async Task<IResult> ChangeAsync(HttpContext context, string account_id, Dispatch.Accounts.Members members)
    {
        var (body, refusal) = await JsonBody.ReadAsync(context, ManageJson.Default.MemberChange, JsonBody.SmallLimit);
        if (body is null)
        {
            return ManageErrors.Of(refusal!);
        }

        if (RoleNames.Find(body.Role) is not { } role)
        {
            return ManageErrors.Of(BadRole);
        }

        if (!PublicId.TryAccount(account_id, out var account))
        {
            return NotFound(account_id);
        }

        var manager = ManageGate.ManagerOf(context);
        var changed = await members.ChangeRoleAsync(
            manager.OrganizationId,
            account,
            role,
            manager.Role,
            AuditNote.Take(context),
            context.RequestAborted
        );
        return changed.TryGet(out var member, out var failure)
            ? TypedResults.Json(Member.Of(member), ManageJson.Default.Member)
            : ManageErrors.Of(failure);
    }

    public static async Task<IResult> RemoveAsync(HttpContext context, string account_id, Dispatch.Accounts.Members members)
    {
        if (!PublicId.TryAccount(account_id, out var account))
        {
            return NotFound(account_id);
        }

        var manager = ManageGate.ManagerOf(context);
        var removed = await members.RemoveAsync(manager.OrganizationId, account, manager.Role, AuditNote.Take(context), context.RequestAborted);
        return removed.TryGet(out _, out var failure) ? TypedResults.NoContent() : ManageErrors.Of(failure);
    }

    private static IResult NotFound(string account) => ManageErrors.Of(new Failure.NotFound($"There is no member {account}."));
}
