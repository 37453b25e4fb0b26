namespace Pushbell.Server.Management.Clients;

/// <summary>The route table of clients, of the browser that asks, and of troubleshooting.</summary>
internal static class ClientRoutes
{
    public static void MapClients(this IEndpointRouteBuilder organization)
    {
        var service = organization.MapGroup("/services/{service_id}");
        service.MapGet("/clients", ClientEndpoints.ListAsync).WithMetadata(ManageAccess.Viewer, ClientOperations.List);
        service.MapGet("/clients/{registration_id}", ClientEndpoints.GetAsync).WithMetadata(ManageAccess.Viewer, ClientOperations.Get);
        service
            .MapDelete("/clients/{registration_id}", ClientEndpoints.DeregisterAsync)
            .WithMetadata(ManageAccess.Admin, new Audited("client.deregister"), ClientOperations.Deregister);
        service.MapPost("/clients/{registration_id}/test", ClientEndpoints.TestAsync).WithMetadata(ManageAccess.Sender, new Audited("client.test"), ClientOperations.Test);
        service.MapGet("/troubleshooting", TroubleshootingEndpoint.AskAsync).WithMetadata(ManageAccess.Viewer, ClientOperations.Troubleshoot);
        service
            .MapPost("/this-browser", ClientEndpoints.RegisterThisBrowserAsync)
            .WithMetadata(ManageAccess.Sender, new Audited("client.this-browser"), ClientOperations.RegisterThisBrowser);
    }
}
