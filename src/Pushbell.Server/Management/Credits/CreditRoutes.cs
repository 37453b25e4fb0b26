using Pushbell.Dispatch.Accounts;

namespace Pushbell.Server.Management.Credits;

/// <summary>The route table of an organization's credits.</summary>
internal static class CreditRoutes
{
    private static readonly ManageAccess Viewer = new(Role.Viewer);

    public static void MapCredits(this IEndpointRouteBuilder organization)
    {
        var credits = organization.MapGroup("/credits");
        credits.MapGet("", CreditEndpoints.GetAsync).WithMetadata(Viewer, CreditOperations.Get);
        credits.MapGet("/statement", CreditEndpoints.ListAsync).WithMetadata(Viewer, CreditOperations.List);
        credits.MapGet("/statement.csv", CreditEndpoints.DownloadAsync).WithMetadata(Viewer, CreditOperations.Download);
        credits
            .MapPost("/top-ups", CreditEndpoints.TopUpAsync)
            .WithMetadata(Viewer, new OperatorOnly(), new Audited("credits.top-up"), CreditOperations.TopUp);
    }
}
