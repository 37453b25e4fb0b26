using Pushbell.Dispatch;
using Pushbell.Dispatch.Storage;
using Pushbell.Server.Hosting;
using CreditTotals = Pushbell.Server.Management.Organizations.CreditTotals;
using Domain = Pushbell.Dispatch.Organizations;

namespace Pushbell.Server.Management.Credits;

internal static class CreditEndpoints
{
    public static async Task<IResult> GetAsync(HttpContext context, Domain.CreditQueries queries) =>
        TypedResults.Json(
            CreditTotals.Of(await queries.TotalsAsync(ManageGate.ManagerOf(context).OrganizationId, context.RequestAborted)),
            ManageResourcesJson.Default.CreditTotals
        );

    public static async Task<IResult> ListAsync(HttpContext context, Domain.CreditQueries queries)
    {
        var query = context.Request.Query;
        if (!Paging.LimitOf(query).TryGet(out var limit, out var badLimit))
        {
            return ManageErrors.Of(badLimit);
        }

        long? after = null;
        if (query["after"].ToString() is { Length: > 0 } cursor)
        {
            if (!PublicId.TryMovement(cursor, out var id))
            {
                return ManageErrors.Of(new Failure.InvalidRequest("after must be the next of the page before."));
            }

            after = id;
        }

        var page = await queries.MovementsAsync(ManageGate.ManagerOf(context).OrganizationId, limit + 1, after, context.RequestAborted);
        var (shown, last) = Paging.Cut(page, limit);
        var next = last is null ? null : PublicId.Movement(last.Id);
        return TypedResults.Json(new Statement([.. shown.Select(CreditMovement.Of)], next), ManageResourcesJson.Default.Statement);
    }

    public static async Task<IResult> DownloadAsync(HttpContext context, Domain.CreditQueries queries)
    {
        var organization = ManageGate.ManagerOf(context).OrganizationId;
        context.Response.ContentType = StatementFile.MediaType;
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"statement-{PublicId.Organization(organization)}.csv\"";
        try
        {
            await StatementFile.WriteAsync(context.Response.Body, queries.AllMovementsAsync(organization, context.RequestAborted), context.RequestAborted);
        }
        catch (StorageOutageException) when (context.Response.HasStarted)
        {
            // Half a statement must not look like a whole one.
            context.Abort();
        }

        return TypedResults.Empty;
    }

    public static async Task<IResult> TopUpAsync(HttpContext context, Database database, Domain.Credits credits, Domain.CreditQueries queries)
    {
        var (body, refusal) = await JsonBody.ReadAsync(context, ManageResourcesJson.Default.TopUpBody, JsonBody.SmallLimit);
        if (body is null)
        {
            return ManageErrors.Of(refusal!);
        }

        if (body.Problem() is { } bad)
        {
            return ManageErrors.Of(bad);
        }

        var organization = ManageGate.ManagerOf(context).OrganizationId;
        await database.WriteAsync(session => credits.TopUpAsync(session, organization, body.Amount!.Value, body.Note), context.RequestAborted);
        AuditNote.Set(context, PublicId.Organization(organization), body.Note is null ? $"{body.Amount}" : $"{body.Amount}: {body.Note}");
        return TypedResults.Json(
            CreditTotals.Of(await queries.TotalsAsync(organization, context.RequestAborted)),
            ManageResourcesJson.Default.CreditTotals,
            statusCode: StatusCodes.Status201Created
        );
    }
}
