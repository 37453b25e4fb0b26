namespace Pushbell.Server.Management.Services;

/// <summary>The route table of services, their VAPID pairs and identity keys.</summary>
internal static class ServiceRoutes
{
    public static void MapServices(this IEndpointRouteBuilder organization)
    {
        organization.MapGet("/services", ServiceEndpoints.ListAsync).WithMetadata(ManageAccess.Viewer, ServiceOperations.List);
        organization.MapPost("/services", ServiceEndpoints.CreateAsync).WithMetadata(ManageAccess.Admin, new Audited("service.create"), ServiceOperations.Create);

        var service = organization.MapGroup("/services/{service_id}");
        service.MapGet("", ServiceEndpoints.GetAsync).WithMetadata(ManageAccess.Viewer, ServiceOperations.Get);
        service.MapPatch("", ServiceEndpoints.ChangeAsync).WithMetadata(ManageAccess.Admin, new Audited("service.change"), ServiceOperations.Change);
        service.MapPut("/identity-key", ServiceEndpoints.SetIdentityKeyAsync).WithMetadata(ManageAccess.Admin, new Audited("service.identity-key"), ServiceOperations.SetIdentityKey);
        service.MapGet("/vapid", VapidEndpoints.ListAsync).WithMetadata(ManageAccess.Viewer, VapidOperations.List);
        service.MapPost("/vapid", VapidEndpoints.RotateAsync).WithMetadata(ManageAccess.Admin, new Audited("vapid.rotate"), VapidOperations.Rotate);
        service.MapDelete("/vapid/{public_key}", VapidEndpoints.RetireAsync).WithMetadata(ManageAccess.Admin, new Audited("vapid.retire"), VapidOperations.Retire);
    }

    /// <summary>For whoever is about to make a service.</summary>
    public static void MapVapidCheck(this IEndpointRouteBuilder manage) =>
        manage.MapPost("/vapid/check", (Delegate)VapidEndpoints.CheckAsync).WithMetadata(ManageAccess.Viewer, VapidOperations.Check);
}
