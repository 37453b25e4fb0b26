using Pushbell.Dispatch;
using Pushbell.Dispatch.Accounts;
using Pushbell.Dispatch.Organizations;
using Pushbell.Server.Hosting;

namespace Pushbell.Server.Management.ManagementKeys;

internal static class ManagementKeyEndpoints
{
    public static async Task<IResult> ListAsync(HttpContext context, Dispatch.Accounts.ManagementKeys keys)
    {
        var all = await keys.ListAsync(ManageGate.ManagerOf(context).OrganizationId, context.RequestAborted);
        return TypedResults.Json(new ManagementKeyList([.. all.Select(ManagementKey.Of)]), ManageJson.Default.ManagementKeyList);
    }

    public static async Task<IResult> CreateAsync(HttpContext context, Dispatch.Accounts.ManagementKeys keys)
    {
        var (body, refusal) = await JsonBody.ReadAsync(context, ManageJson.Default.ManagementKeyBody, JsonBody.SmallLimit);
        if (body is null)
        {
            return ManageErrors.Of(refusal!);
        }

        if (body.Name is null || TenantRules.NameProblem(body.Name) is not null)
        {
            return ManageErrors.Of(new Failure.InvalidRequest($"name must be 1 to {TenantRules.MaxNameLength} characters, on one line."));
        }

        if (RoleNames.Find(body.Role) is not ({ } role and < Role.Owner))
        {
            return ManageErrors.Of(new Failure.InvalidRequest("role must be one of viewer, sender, admin: no key is an owner."));
        }

        var organization = ManageGate.ManagerOf(context).OrganizationId;
        var (key, text) = await keys.CreateAsync(organization, body.Name, role, AuditNote.Take(context), context.RequestAborted);
        return TypedResults.Json(
            NewManagementKey.Of(key, text),
            ManageJson.Default.NewManagementKey,
            statusCode: StatusCodes.Status201Created
        );
    }

    public static async Task<IResult> RevokeAsync(HttpContext context, string key_id, Dispatch.Accounts.ManagementKeys keys)
    {
        var organization = ManageGate.ManagerOf(context).OrganizationId;
        return PublicId.TryManagementKey(key_id, out var id)
            && await keys.RevokeAsync(organization, id, AuditNote.Take(context), context.RequestAborted) is { } revoked
            ? TypedResults.Json(ManagementKey.Of(revoked), ManageJson.Default.ManagementKey)
            : ManageErrors.Of(new Failure.NotFound($"There is no management key {key_id}."));
    }
}
