namespace Pushbell.Server.Management.Credits;

/// <summary>The route table of an organization's credits.</summary>
internal static class CreditRoutes
{
    public static void MapCredits(this IEndpointRouteBuilder organization)
    {
        var credits = organization.MapGroup("/credits");
        credits.MapGet("", CreditEndpoints.GetAsync).WithMetadata(ManageAccess.Viewer, CreditOperations.Get);
        credits.MapGet("/statement", CreditEndpoints.ListAsync).WithMetadata(ManageAccess.Viewer, CreditOperations.List);
        credits.MapGet("/statement.csv", CreditEndpoints.DownloadAsync).WithMetadata(ManageAccess.Viewer, CreditOperations.Download);
        credits
            .MapPost("/top-ups", CreditEndpoints.TopUpAsync)
            .WithMetadata(ManageAccess.Viewer, new OperatorOnly(), new Audited("credits.top-up"), CreditOperations.TopUp);
    }
}
