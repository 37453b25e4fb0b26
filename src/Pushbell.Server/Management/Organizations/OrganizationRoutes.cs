namespace Pushbell.Server.Management.Organizations;

/// <summary>The tenants and their plans.</summary>
internal static class OrganizationRoutes
{
    /// <param name="manage">All of /manage.</param>
    /// <param name="organization">What is below one organization.</param>
    public static void MapOrganizations(this IEndpointRouteBuilder manage, IEndpointRouteBuilder organization)
    {
        manage.MapGet("/organizations", OrganizationEndpoints.ListAsync).WithMetadata(ManageAccess.Viewer, OrganizationOperations.List);
        manage
            .MapPost("/organizations", OrganizationEndpoints.CreateAsync)
            .WithMetadata(ManageAccess.Viewer, new OperatorOnly(), new Audited("organization.create"), OrganizationOperations.Create);
        organization.MapGet("", OrganizationEndpoints.GetAsync).WithMetadata(ManageAccess.Viewer, OrganizationOperations.Get);
        organization
            .MapPatch("", OrganizationEndpoints.RenameAsync)
            .WithMetadata(ManageAccess.Owner, new Audited("organization.rename"), OrganizationOperations.Rename);
        organization
            .MapPut("/plan", OrganizationEndpoints.SetPlanAsync)
            .WithMetadata(ManageAccess.Viewer, new OperatorOnly(), new Audited("plan.set"), OrganizationOperations.SetPlan);
    }
}
