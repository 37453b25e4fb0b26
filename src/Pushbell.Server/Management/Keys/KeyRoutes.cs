using Pushbell.Dispatch.Accounts;

namespace Pushbell.Server.Management.Keys;

/// <summary>The route table of a service's API keys.</summary>
internal static class KeyRoutes
{
    private static readonly ManageAccess Viewer = new(Role.Viewer),
        Admin = new(Role.Admin);

    public static void MapKeys(this IEndpointRouteBuilder organization)
    {
        var keys = organization.MapGroup("/services/{service_id}/keys");
        keys.MapGet("", KeyEndpoints.ListAsync).WithMetadata(Viewer, KeyOperations.List);
        keys.MapPost("", KeyEndpoints.CreateAsync).WithMetadata(Admin, new Audited("key.create"), KeyOperations.Create);
        keys.MapDelete("/{key_id}", KeyEndpoints.RevokeAsync).WithMetadata(Admin, new Audited("key.revoke"), KeyOperations.Revoke);
    }
}
