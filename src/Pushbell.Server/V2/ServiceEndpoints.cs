using Pushbell.Dispatch;
using Pushbell.Dispatch.Organizations;
using Pushbell.Dispatch.Storage;
using Pushbell.Server.Hosting;

namespace Pushbell.Server.V2;

internal static class ServiceEndpoints
{
    public static async Task<IResult> GetQuotaAsync(HttpContext context, Database database, Quota quota)
    {
        var caller = KeyGate.CallerOf(context);
        var usage = await database.ReadAsync(session => quota.UsageAsync(session, caller.OrganizationId), context.RequestAborted);
        return TypedResults.Json(
            new QuotaAnswer(
                PublicId.Organization(caller.OrganizationId),
                PublicId.Service(caller.ServiceId),
                usage.Hour.Limit,
                usage.Day.Limit,
                usage.Hour.Remaining,
                usage.Day.Remaining,
                usage.Hour.ResetsAt,
                usage.Day.ResetsAt
            ),
            V2Json.Default.QuotaAnswer
        );
    }

    public static async Task<IResult> GetServiceAsync(HttpContext context, ServiceQueries services)
    {
        var caller = KeyGate.CallerOf(context);
        var service = await services.GetWithSubscribersAsync(caller.OrganizationId, caller.ServiceId, context.RequestAborted);
        return TypedResults.Json(
            new ServiceAnswer(
                PublicId.Service(service.Id),
                PublicId.Organization(service.OrganizationId),
                service.Identifier,
                service.Name,
                service.VapidPublicKey,
                service.ContactEmail,
                service.NotificationsEnabled != 0,
                service.IsActive != 0,
                service.Plan.Hourly,
                service.Plan.Daily,
                service.ActiveRegistrations,
                service.Subscribers
            ),
            V2Json.Default.ServiceAnswer
        );
    }
}
