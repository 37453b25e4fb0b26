using Pushbell.Dispatch;
using Pushbell.Dispatch.Registrations;
using Pushbell.Server.Hosting;

namespace Pushbell.Server.V2;

internal static class ClientEndpoints
{
    public static async Task<IResult> ListAsync(HttpContext context, RegistrationQueries registrations, TimeProvider clock)
    {
        if (!ClientFilter.Of(context.Request.Query).TryGet(out var filter, out var failure))
        {
            return V2Errors.Of(failure);
        }

        var page = await registrations.ListAsync(KeyGate.CallerOf(context), filter, context.RequestAborted);
        var now = clock.GetUtcNow();
        return TypedResults.Json(
            new ClientsAnswer([.. page.Registrations.Select(row => ClientAnswer.Of(row, now))], page.Total, filter.Limit, filter.Offset),
            V2Json.Default.ClientsAnswer
        );
    }

    public static async Task<IResult> GetAsync(
        HttpContext context,
        string registration_id,
        RegistrationQueries registrations,
        TimeProvider clock
    ) =>
        PublicId.TryRegistration(registration_id, out var id)
        && await registrations.FindAsync(KeyGate.CallerOf(context), id, context.RequestAborted) is { } registration
            ? TypedResults.Json(ClientAnswer.Of(registration, clock.GetUtcNow()), V2Json.Default.ClientAnswer)
            : NotFound(registration_id);

    public static async Task<IResult> DeregisterAsync(HttpContext context, string registration_id, EndRegistration end)
    {
        return
            PublicId.TryRegistration(registration_id, out var id)
            && await end.DeregisterAsync(
                KeyGate.CallerOf(context),
                id,
                ClientFilter.ReasonOf(context.Request.Query),
                context.RequestAborted
            )
            ? TypedResults.Json(
                new DeregisterAnswer(Success: true, registration_id, "Client deregistered successfully"),
                V2Json.Default.DeregisterAnswer
            )
            : NotFound(registration_id);
    }

    public static IResult NotFound(string registration) => V2Errors.Of(new Failure.NotFound($"There is no client registration {registration}."));
}
