namespace Pushbell.Server.Management.Keys;

/// <summary>The route table of a service's API keys.</summary>
internal static class KeyRoutes
{
    public static void MapKeys(this IEndpointRouteBuilder organization)
    {
        var keys = organization.MapGroup("/services/{service_id}/keys");
        keys.MapGet("", KeyEndpoints.ListAsync).WithMetadata(ManageAccess.Viewer, KeyOperations.List);
        keys.MapPost("", KeyEndpoints.CreateAsync).WithMetadata(ManageAccess.Admin, new Audited("key.create"), KeyOperations.Create);
        keys.MapDelete("/{key_id}", KeyEndpoints.RevokeAsync).WithMetadata(ManageAccess.Admin, new Audited("key.revoke"), KeyOperations.Revoke);
    }
}
