using Pushbell.Dispatch;
using Pushbell.Dispatch.Audit;
using Pushbell.Server.Hosting;
using Pushbell.Server.Hosting.OpenApi;

namespace Pushbell.Server.Management.Audit;

/// <summary>The audit log of an organization: it can be read, and nothing else.</summary>
internal static class AuditRoutes
{
    private static Operation List { get; } =
        new("listAudit", ManageReference.Audit, "List the audit log", "Every change with who made it, the newest first. Entries are never changed or deleted.")
        {
            Parameters =
            [
                new("organization_id", "The organization, `org_…`."),
                new("limit", "How many to list.") { Number = new(1, Paging.MaxLimit, Paging.DefaultLimit) },
                new("after", "`next` of the page before."),
            ],
            Answer = typeof(AuditPage),
            AnswerDescription = "One page of entries.",
            Refusals = [400, 404],
        };

    public static void MapAudit(this IEndpointRouteBuilder organization) =>
        organization.MapGet("/audit", ListAsync).WithMetadata(ManageAccess.Admin, List);

    private static async Task<IResult> ListAsync(HttpContext context, AuditLog audit)
    {
        var query = context.Request.Query;
        if (!Paging.LimitOf(query).TryGet(out var limit, out var badLimit))
        {
            return ManageErrors.Of(badLimit);
        }

        long? after = null;
        if (query["after"].ToString() is { Length: > 0 } cursor)
        {
            if (!PublicId.TryAuditEntry(cursor, out var id))
            {
                return ManageErrors.Of(new Failure.InvalidRequest("after must be the next of the page before."));
            }

            after = id;
        }

        var page = await audit.ListAsync(ManageGate.ManagerOf(context).OrganizationId, limit + 1, after, context.RequestAborted);
        var (shown, last) = Paging.Cut(page, limit);
        var next = last is null ? null : PublicId.AuditEntry(last.Id);
        return TypedResults.Json(new AuditPage([.. shown.Select(AuditEntry.Of)], next), ManageJson.Default.AuditPage);
    }
}
