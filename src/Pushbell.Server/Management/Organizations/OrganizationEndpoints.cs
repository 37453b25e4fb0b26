using Pushbell.Dispatch;
using Pushbell.Dispatch.Organizations;
using Pushbell.Server.Hosting;

namespace Pushbell.Server.Management.Organizations;

internal static class OrganizationEndpoints
{
    public static async Task<IResult> ListAsync(HttpContext context, OrganizationQueries organizations)
    {
        var manager = ManageGate.ManagerOf(context);
        var found = manager switch
        {
            { IsOperator: true } => await organizations.ListAsync(context.RequestAborted),
            { AccountId: { } account } => await organizations.ListOfAsync(account, context.RequestAborted),
            // A key's own.
            _ => [(await organizations.FindAsync(manager.OrganizationId, context.RequestAborted))!],
        };
        return TypedResults.Json(new OrganizationList([.. found.Select(Organization.Of)]), ManageJson.Default.OrganizationList);
    }

    public static async Task<IResult> CreateAsync(HttpContext context, CreateOrganization create, OrganizationQueries organizations)
    {
        var (body, refusal) = await JsonBody.ReadAsync(context, ManageJson.Default.NewOrganizationBody, JsonBody.SmallLimit);
        if (body is null)
        {
            return ManageErrors.Of(refusal!);
        }

        var plan = body.Plan is null ? Plan.Unlimited : Plan.Find(body.Plan);
        if (ProblemOf(body, plan) is { } problem)
        {
            return ManageErrors.Of(new Failure.InvalidRequest(problem));
        }

        var id = await create.RunAsync(new NewOrganization(body.Name!, plan!, body.Credits), context.RequestAborted);
        AuditNote.Set(context, PublicId.Organization(id), body.Name, id);
        return await AnswerAsync(context, organizations, id, StatusCodes.Status201Created);
    }

    public static Task<IResult> GetAsync(HttpContext context, OrganizationQueries organizations) =>
        AnswerAsync(context, organizations, ManageGate.ManagerOf(context).OrganizationId);

    public static async Task<IResult> RenameAsync(HttpContext context, RenameOrganization rename, OrganizationQueries organizations)
    {
        var (body, refusal) = await JsonBody.ReadAsync(context, ManageJson.Default.OrganizationChange, JsonBody.SmallLimit);
        if (body is null)
        {
            return ManageErrors.Of(refusal!);
        }

        if (NameProblem(body.Name) is { } problem)
        {
            return ManageErrors.Of(new Failure.InvalidRequest(problem));
        }

        var organization = ManageGate.ManagerOf(context).OrganizationId;
        await rename.RunAsync(organization, body.Name!, context.RequestAborted);
        AuditNote.Set(context, PublicId.Organization(organization), body.Name);
        return await AnswerAsync(context, organizations, organization);
    }

    public static async Task<IResult> SetPlanAsync(HttpContext context, ChangePlan change, OrganizationQueries organizations)
    {
        var (body, refusal) = await JsonBody.ReadAsync(context, ManageJson.Default.PlanBody, JsonBody.SmallLimit);
        if (body is null)
        {
            return ManageErrors.Of(refusal!);
        }

        if (!PlanOf(body).TryGet(out var plan, out var failure))
        {
            return ManageErrors.Of(failure);
        }

        var organization = ManageGate.ManagerOf(context).OrganizationId;
        await change.RunAsync(organization, plan, context.RequestAborted);
        AuditNote.Set(context, PublicId.Organization(organization), plan.Name);
        return await AnswerAsync(context, organizations, organization);
    }

    private static string? ProblemOf(NewOrganizationBody body, Plan? plan) =>
        NameProblem(body.Name)
        ?? (plan is null ? $"plan must be one of {string.Join(", ", Plan.All.Select(known => known.Name))}." : null)
        ?? (body.Credits is < 0 or > Dispatch.Organizations.Credits.MostAtOnce ? $"credits must be from 0 to {Dispatch.Organizations.Credits.MostAtOnce}." : null);

    private static string? NameProblem(string? name) =>
        name is null ? "name is required." : TenantRules.NameProblem(name) is { } problem ? $"name: {problem}" : null;

    private static Result<Plan> PlanOf(PlanBody body)
    {
        if (body is { Plan: Plan.CustomName, Hourly: null, Daily: null } || body.Hourly is < 1 || body.Daily is < 1)
        {
            return new Failure.InvalidRequest("The plan custom needs hourly, daily or both, each 1 or more; null is no limit.");
        }

        if (body.Plan == Plan.CustomName)
        {
            return Plan.Custom(body.Hourly, body.Daily);
        }

        if (body.Plan is null || Plan.Find(body.Plan) is not { } plan)
        {
            return new Failure.InvalidRequest($"plan must be one of {string.Join(", ", Plan.All.Select(known => known.Name))}, {Plan.CustomName}.");
        }

        return body is { Hourly: null, Daily: null } ? plan : new Failure.InvalidRequest("hourly and daily are for the plan custom only.");
    }

    private static async Task<IResult> AnswerAsync(
        HttpContext context,
        OrganizationQueries organizations,
        long organization,
        int status = StatusCodes.Status200OK
    )
    {
        var stored = await organizations.FindAsync(organization, context.RequestAborted);
        return TypedResults.Json(Organization.Of(stored!), ManageJson.Default.Organization, statusCode: status);
    }
}
