using Pushbell.Dispatch.Organizations;
using Pushbell.Dispatch.Registrations;
using Pushbell.Server.Hosting;

namespace Pushbell.Server.V2;

/// <summary>What a page calls, with a publishable key.</summary>
internal static class RegistrationEndpoints
{
    public static async Task<IResult> GetConfigurationAsync(HttpContext context, ServiceQueries services)
    {
        var caller = KeyGate.CallerOf(context);
        var service = await services.GetAsync(caller.OrganizationId, caller.ServiceId, context.RequestAborted);
        return TypedResults.Json(ConfigurationAnswer.Of(service), V2Json.Default.ConfigurationAnswer);
    }

    public static async Task<IResult> RegisterAsync(
        HttpContext context,
        RegisterClient register,
        RegistrationQueries registrations,
        PageLimits limits,
        TimeProvider clock
    )
    {
        var (body, refusal) = await JsonBody.ReadAsync(context, V2Json.Default.RegisterBody, JsonBody.SmallLimit);
        if (body is null)
        {
            return V2Errors.Of(refusal!);
        }

        var caller = KeyGate.CallerOf(context);
        if (!body.ToRegistration(caller, TokenGate.TokenOf(context)).TryGet(out var registration, out var bad))
        {
            return V2Errors.Of(bad);
        }

        if (await limits.CheckPersonAsync(context, caller, registration.Email) is { } tooMany)
        {
            return V2Errors.Of(tooMany);
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
}
