namespace Pushbell.Server.Management.ManagementKeys;

/// <summary>Keys for programs that manage an organization.</summary>
internal static class ManagementKeyRoutes
{
    public static void MapManagementKeys(this IEndpointRouteBuilder organization)
    {
        organization.MapGet("/management-keys", ManagementKeyEndpoints.ListAsync).WithMetadata(ManageAccess.Admin, ManagementKeyOperations.List);
        organization
            .MapPost("/management-keys", ManagementKeyEndpoints.CreateAsync)
            .WithMetadata(ManageAccess.Owner, new Audited("management-key.create"), ManagementKeyOperations.Create);
        organization
            .MapDelete("/management-keys/{key_id}", ManagementKeyEndpoints.RevokeAsync)
            .WithMetadata(ManageAccess.Owner, new Audited("management-key.revoke"), ManagementKeyOperations.Revoke);
    }
}
