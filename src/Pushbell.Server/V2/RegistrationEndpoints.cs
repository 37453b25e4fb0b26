using Pushbell.Dispatch;
using Pushbell.Dispatch.Organizations;
using Pushbell.Dispatch.Registrations;
using Pushbell.Server.Hosting;

namespace Pushbell.Server.V2;

/// <summary>What a page calls, with a publishable key or with the token of its own registration.</summary>
internal static class RegistrationEndpoints
{
    public static async Task<IResult> GetConfigurationAsync(HttpContext context, ServiceQueries services)
    {
        var caller = KeyGate.CallerOf(context);
        var service = await services.GetAsync(caller.OrganizationId, caller.ServiceId, context.RequestAborted);
        return TypedResults.Json(
            new ConfigurationAnswer(
                PublicId.Organization(service.OrganizationId),
                PublicId.Service(service.Id),
                service.Name,
                service.VapidPublicKey,
                service.Icon
            ),
            V2Json.Default.ConfigurationAnswer
        );
    }

    public static async Task<IResult> RegisterAsync(
        HttpContext context,
        RegisterClient register,
        RegistrationQueries registrations,
        TimeProvider clock
    )
    {
        var (body, refusal) = await JsonBody.ReadAsync(context, V2Json.Default.RegisterBody, JsonBody.SmallLimit);
        if (body is null)
        {
            return V2Errors.Of(refusal!);
        }

        var caller = KeyGate.CallerOf(context);
        if (!body.ToRegistration(caller).TryGet(out var registration, out var bad))
        {
            return V2Errors.Of(bad);
        }

        var result = await register.RunAsync(registration, context.RequestAborted);
        if (!result.TryGet(out var registered, out var failure))
        {
            return V2Errors.Of(failure);
        }

        var stored = await registrations.FindAsync(caller, registered.RegistrationId, context.RequestAborted);
        return TypedResults.Json(
            new RegisterAnswer(ClientAnswer.Of(stored!, clock.GetUtcNow()), registered.Token),
            V2Json.Default.RegisterAnswer,
            statusCode: StatusCodes.Status201Created
        );
    }

    /// <summary>The holder of a registration's token takes it back.</summary>
    public static async Task<IResult> UnregisterAsync(HttpContext context, string registration_id, EndRegistration end)
    {
        const string Scheme = "Bearer ";
        var authorization = context.Request.Headers.Authorization.ToString();
        if (!authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) || !PublicId.TryRegistration(registration_id, out var id))
        {
            return Unauthorized();
        }

        return await end.UnregisterByTokenAsync(id, authorization[Scheme.Length..].Trim(), context.RequestAborted)
            ? TypedResults.Json(
                new DeregisterAnswer(Success: true, registration_id, "Client deregistered successfully"),
                V2Json.Default.DeregisterAnswer
            )
            : Unauthorized();
    }

    private static IResult Unauthorized() =>
        V2Errors.Of(new Failure.Unauthorized("Send this registration's own registration_token as 'Authorization: Bearer …'."));
}
