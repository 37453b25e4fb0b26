using Pushbell.Dispatch.Organizations;
using Pushbell.Server.Hosting;

namespace Pushbell.Server.Management.Services;

/// <summary>Puts together what is answered of a service.</summary>
internal sealed class ServiceAnswers(ServiceOrigins origins, OwnAddresses own)
{
    public async Task<Service> OfAsync(HttpContext context, ServiceInfo service) =>
        Service.Of(service, await origins.ListAsync(service.OrganizationId, service.Id, context.RequestAborted), own.UrlOf(context.Request));

    public async Task<IResult> ShowAsync(HttpContext context, ServiceInfo service, int status = StatusCodes.Status200OK) =>
        TypedResults.Json(await OfAsync(context, service), ManageResourcesJson.Default.Service, statusCode: status);
}
