using Pushbell.Dispatch.Accounts;

namespace Pushbell.Server.Management.Clients;

/// <summary>The route table of clients, of the browser that asks, and of troubleshooting.</summary>
internal static class ClientRoutes
{
    private static readonly ManageAccess Viewer = new(Role.Viewer),
        Sender = new(Role.Sender);

    public static void MapClients(this IEndpointRouteBuilder organization)
    {
        var service = organization.MapGroup("/services/{service_id}");
        service.MapGet("/clients", ClientEndpoints.ListAsync).WithMetadata(Viewer, ClientOperations.List);
        service.MapGet("/clients/{registration_id}", ClientEndpoints.GetAsync).WithMetadata(Viewer, ClientOperations.Get);
        service
            .MapDelete("/clients/{registration_id}", ClientEndpoints.DeregisterAsync)
            .WithMetadata(new ManageAccess(Role.Admin), new Audited("client.deregister"), ClientOperations.Deregister);
        service.MapPost("/clients/{registration_id}/test", ClientEndpoints.TestAsync).WithMetadata(Sender, new Audited("client.test"), ClientOperations.Test);
        service.MapGet("/troubleshooting", TroubleshootingEndpoint.AskAsync).WithMetadata(Viewer, ClientOperations.Troubleshoot);
        service
            .MapPost("/this-browser", ClientEndpoints.RegisterThisBrowserAsync)
            .WithMetadata(Sender, new AccountOnly(), new Audited("client.this-browser"), ClientOperations.RegisterThisBrowser);
    }
}
