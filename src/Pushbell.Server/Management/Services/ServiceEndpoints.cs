using Pushbell.Dispatch;
using Pushbell.Dispatch.Organizations;
using Pushbell.Server.Hosting;

namespace Pushbell.Server.Management.Services;

internal static class ServiceEndpoints
{
    public static async Task<IResult> ListAsync(HttpContext context, ServiceQueries services, ServiceAnswers answers)
    {
        var list = new List<Service>();
        foreach (var service in await services.ListAsync(ManageGate.ManagerOf(context).OrganizationId, context.RequestAborted))
        {
            list.Add(await answers.OfAsync(context, service));
        }

        return TypedResults.Json(new ServiceList(list), ManageResourcesJson.Default.ServiceList);
    }

    public static async Task<IResult> CreateAsync(HttpContext context, CreateService create, ServiceQueries services, ServiceAnswers answers)
    {
        var (body, refusal) = await JsonBody.ReadAsync(context, ManageResourcesJson.Default.NewService, JsonBody.SmallLimit);
        if (body is null)
        {
            return ManageErrors.Of(refusal!);
        }

        if (!body.Parse().TryGet(out var service, out var bad))
        {
            return ManageErrors.Of(bad);
        }

        var organization = ManageGate.ManagerOf(context).OrganizationId;
        var created = await create.RunAsync(organization, service, context.RequestAborted);
        if (!created.TryGet(out var id, out var taken))
        {
            return ManageErrors.Of(new Failure.Conflict(taken.Sentence));
        }

        AuditNote.Set(context, PublicId.Service(id), service.Identifier);
        return await answers.ShowAsync(context, await services.GetAsync(organization, id, context.RequestAborted), StatusCodes.Status201Created);
    }

    public static async Task<IResult> GetAsync(HttpContext context, ServiceAnswers answers) => await answers.ShowAsync(context, ManageGate.ServiceOf(context));

    public static async Task<IResult> ChangeAsync(
        HttpContext context,
        ChangeService change,
        ServiceQueries services,
        PushbellSettings settings,
        ServiceAnswers answers
    )
    {
        var (body, refusal) = await JsonBody.ReadAsync(context, ManageResourcesJson.Default.ServiceChange, JsonBody.SmallLimit);
        if (body is null)
        {
            return ManageErrors.Of(refusal!);
        }

        var service = ManageGate.ServiceOf(context);
        if (!body.Parse(service, settings).TryGet(out var changes, out var bad))
        {
            return ManageErrors.Of(bad);
        }

        await change.RunAsync(service.OrganizationId, service.Id, changes, context.RequestAborted);
        AuditNote.Set(context, PublicId.Service(service.Id), string.Join(", ", body.Changed));
        return await answers.ShowAsync(context, await services.GetAsync(service.OrganizationId, service.Id, context.RequestAborted));
    }

    public static async Task<IResult> SetIdentityKeyAsync(
        HttpContext context,
        IdentityPolicies identities,
        ServiceQueries services,
        ServiceAnswers answers
    )
    {
        var (body, refusal) = await JsonBody.ReadAsync(context, ManageResourcesJson.Default.IdentityKeyBody, JsonBody.SmallLimit);
        if (body is null)
        {
            return ManageErrors.Of(refusal!);
        }

        var parsed = body.Parse();
        if (parsed.Failure is { } bad)
        {
            return ManageErrors.Of(bad);
        }

        var service = ManageGate.ServiceOf(context);
        if (!await identities.SetKeyAsync(service.OrganizationId, service.Id, parsed.Value, context.RequestAborted))
        {
            return ManageErrors.Of(new Failure.Conflict("Identity tokens are looked at, and without a key all would be refused: set identity_mode to off first."));
        }

        AuditNote.Set(context, PublicId.Service(service.Id), parsed.Value is null ? "taken away" : "set");
        return await answers.ShowAsync(context, await services.GetAsync(service.OrganizationId, service.Id, context.RequestAborted));
    }
}
