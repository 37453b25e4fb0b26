using Pushbell.Dispatch;
using Pushbell.Dispatch.Registrations;
using Pushbell.Server.Hosting;

namespace Pushbell.Server.V2;

internal static class ClientEndpoints
{
    private const int MaxReason = 255;

    public static async Task<IResult> ListAsync(HttpContext context, RegistrationQueries registrations, TimeProvider clock)
    {
        if (!FilterOf(context.Request.Query).TryGet(out var filter, out var failure))
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
        // Whole characters, and none that a database would not take.
        var reason = string.Concat(context.Request.Query["reason"].ToString().EnumerateRunes().Where(rune => rune.Value != 0).Take(MaxReason));
        return
            PublicId.TryRegistration(registration_id, out var id)
            && await end.DeregisterAsync(
                KeyGate.CallerOf(context),
                id,
                reason.Length == 0 ? "deregistered" : reason,
                context.RequestAborted
            )
            ? TypedResults.Json(
                new DeregisterAnswer(Success: true, registration_id, "Client deregistered successfully"),
                V2Json.Default.DeregisterAnswer
            )
            : NotFound(registration_id);
    }

    public static IResult NotFound(string registration) => V2Errors.Of(new Failure.NotFound($"There is no client registration {registration}."));

    private static Result<RegistrationFilter> FilterOf(IQueryCollection query)
    {
        RegistrationStatus? status = null;
        if (query["status"].ToString() is { Length: > 0 } statusText && (status = ClientAnswer.ParseStatus(statusText)) is null)
        {
            return new Failure.InvalidRequest("status must be one of active, inactive, expired, unregistered.");
        }

        string? email = null;
        if (query["user_email"].ToString() is { Length: > 0 } emailText && (email = SubscriberEmails.Normalize(emailText)) is null)
        {
            return new Failure.InvalidRequest("user_email is not an email address.");
        }

        if (!Paging.LimitOf(query).TryGet(out var limit, out var badLimit))
        {
            return badLimit;
        }

        if (!Paging.TryNumber(query["offset"], 0, 0, int.MaxValue, out var offset))
        {
            return new Failure.InvalidRequest("offset must be a whole number, 0 or more.");
        }

        long? after = null;
        if (query["after"].ToString() is { Length: > 0 } cursor)
        {
            if (!PublicId.TryRegistration(cursor, out var id))
            {
                return new Failure.InvalidRequest("after must be the registration_id of the last client of the page before.");
            }

            after = id;
        }

        return new RegistrationFilter
        {
            Status = status,
            Email = email,
            Limit = limit,
            Offset = offset,
            After = after,
        };
    }
}
