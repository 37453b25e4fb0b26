using Pushbell.Dispatch;
using Pushbell.Dispatch.Notifications;
using Pushbell.Dispatch.Registrations;
using Pushbell.Server.Hosting;

namespace Pushbell.Server.V2;

/// <summary>What a page calls for its own registration, with that registration's token.</summary>
internal static class OwnRegistrationEndpoints
{
    public static async Task<IResult> ChangeAsync(
        HttpContext context,
        ChangeRegistration change,
        RegistrationQueries registrations,
        PageLimits limits,
        TimeProvider clock
    )
    {
        var (body, refusal) = await JsonBody.ReadAsync(context, V2Json.Default.ChangeBody, JsonBody.SmallLimit);
        if (body is null)
        {
            return V2Errors.Of(refusal!);
        }

        if (!body.ToChange().TryGet(out var changes, out var bad))
        {
            return V2Errors.Of(bad);
        }

        var holder = TokenGate.HolderOf(context);
        if (await limits.CheckPersonAsync(context, holder.Caller, changes.Identity?.Email) is { } tooMany)
        {
            return V2Errors.Of(tooMany);
        }

        if (await change.RunAsync(holder, changes, context.RequestAborted) is { } failure)
        {
            return V2Errors.Of(failure);
        }

        var stored = await registrations.FindAsync(holder.Caller, holder.RegistrationId, context.RequestAborted);
        return TypedResults.Json(ClientAnswer.Of(stored!, clock.GetUtcNow()), V2Json.Default.ClientAnswer);
    }

    public static async Task<IResult> BeatAsync(HttpContext context, Heartbeat heartbeat) =>
        await heartbeat.RunAsync(TokenGate.HolderOf(context), context.RequestAborted) is { } pulse
            ? TypedResults.Json(HeartbeatAnswer.Of(pulse), V2Json.Default.HeartbeatAnswer)
            : V2Errors.Of(new Failure.Unauthorized("This registration has a newer registration_token."));

    public static async Task<IResult> ReportAsync(HttpContext context, Receipts counter)
    {
        var (body, refusal) = await JsonBody.ReadAsync(context, V2Json.Default.ReceiptsBody, JsonBody.SmallLimit);
        if (body is null)
        {
            return V2Errors.Of(refusal!);
        }

        return body.Parse().TryGet(out var receipts, out var bad)
            ? TypedResults.Json(
                new ReceiptsAnswer(await counter.CountAsync(TokenGate.HolderOf(context), receipts)),
                V2Json.Default.ReceiptsAnswer
            )
            : V2Errors.Of(bad);
    }

    public static async Task<IResult> UnregisterAsync(HttpContext context, string registration_id, EndRegistration end)
    {
        await end.UnregisterAsync(TokenGate.HolderOf(context), context.RequestAborted);
        return TypedResults.Json(
            new DeregisterAnswer(Success: true, registration_id, "Client deregistered successfully"),
            V2Json.Default.DeregisterAnswer
        );
    }
}
