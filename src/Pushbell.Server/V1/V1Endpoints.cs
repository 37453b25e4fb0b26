using Pushbell.Dispatch.Delivery;
using Pushbell.Dispatch.Organizations;
using Pushbell.Dispatch.Registrations;
using Pushbell.Dispatch.Storage;
using Pushbell.Server.Hosting;

namespace Pushbell.Server.V1;

internal static class V1Endpoints
{
    public static async Task<IResult> SendAsync(
        HttpContext context,
        SendNotification send,
        IdempotentAnswer answers,
        Database database,
        IHostApplicationLifetime lifetime
    )
    {
        var (body, refusal) = await JsonBody.ReadAsync(context, V1Json.Default.SendBody, JsonBody.SmallLimit);
        if (body is null)
        {
            return V1Errors.Of(refusal!);
        }

        var caller = KeyGate.CallerOf(context);
        if (!body.ToRequest(caller).TryGet(out var request, out var bad))
        {
            return V1Errors.Of(bad);
        }

        var (once, badKey) = IdempotentAnswer.KeyOf(context);
        if (badKey is not null)
        {
            return V1Errors.Of(badKey);
        }

        request = request with { Once = once };
        var result = await send.RunAsync(request, context.RequestAborted, lifetime.ApplicationStopping);
        return result.TryGet(out var accepted, out var failure)
            ? await answers.WriteAsync(context, request, accepted, AnswerAsync, V1Json.Default.SendAnswer)
            : V1Errors.Of(failure);

        async Task<SendAnswer> AnswerAsync() =>
            new(accepted.Notification.Accepted, accepted.Notification.Failed, await CreditsAsync(database, caller));
    }

    public static async Task<IResult> SubscribeAsync(HttpContext context, RegisterClient register, PageLimits limits)
    {
        var (body, refusal) = await JsonBody.ReadAsync(context, V1Json.Default.SubscribeBody, JsonBody.SmallLimit);
        if (body is null)
        {
            return V1Errors.Of(refusal!);
        }

        if (!body.ToRegistration(KeyGate.CallerOf(context)).TryGet(out var registration, out var bad))
        {
            return V1Errors.Of(bad);
        }

        if (await limits.CheckPersonAsync(context, registration.Caller, registration.Email) is { } tooMany)
        {
            return V1Errors.Of(tooMany);
        }

        var result = await register.RunAsync(registration, context.RequestAborted);
        return result.TryGet(out _, out var failure)
            ? TypedResults.Json(new SubscribeAnswer(Ok: true), V1Json.Default.SubscribeAnswer, statusCode: StatusCodes.Status201Created)
            : V1Errors.Of(failure);
    }

    public static async Task<IResult> UnsubscribeAsync(HttpContext context, EndRegistration end, Identification identification, PageLimits limits)
    {
        var (body, refusal) = await JsonBody.ReadAsync(context, V1Json.Default.UnsubscribeBody, JsonBody.SmallLimit);
        if (body is null)
        {
            return V1Errors.Of(refusal!);
        }

        if (!Emails.Parse(body.Email).TryGet(out var email, out var bad))
        {
            return V1Errors.Of(bad);
        }

        var caller = KeyGate.CallerOf(context);
        if (await limits.CheckPersonAsync(context, caller, email) is { } tooMany)
        {
            return V1Errors.Of(tooMany);
        }

        var token = string.IsNullOrEmpty(body.IdentityToken) ? null : body.IdentityToken;
        var proof = await identification.ProveAsync(caller, new Identity(email, UserId: null), token, context.RequestAborted);
        return proof.TryGet(out _, out var unproved)
            ? TypedResults.Json(
                new UnsubscribeAnswer(await end.UnsubscribeAsync(caller, email, context.RequestAborted)),
                V1Json.Default.UnsubscribeAnswer
            )
            : V1Errors.Of(unproved);
    }

    /// <summary>What can still be spent. The send is through: an outage now must not turn its answer into an error.</summary>
    private static async Task<long?> CreditsAsync(Database database, Caller caller)
    {
        try
        {
            return await database.ReadAsync(session => Credits.AvailableAsync(session, caller.OrganizationId), CancellationToken.None);
        }
        catch (StorageOutageException)
        {
            return null;
        }
    }
}
