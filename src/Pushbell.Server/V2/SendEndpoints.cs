using Pushbell.Dispatch.Delivery;
using Pushbell.Dispatch.Notifications;
using Pushbell.Server.Hosting;
using Pushbell.Server.Hosting.Sending;

namespace Pushbell.Server.V2;

internal static class SendEndpoints
{
    public static async Task<IResult> SendAsync(
        HttpContext context,
        SendNotification send,
        IdempotentAnswer answers,
        IHostApplicationLifetime lifetime,
        TimeProvider clock
    )
    {
        var (body, refusal) = await ReadAsync(context);
        return body is null ? V2Errors.Of(refusal!) : await RunAsync(context, body, send, answers, lifetime, clock);
    }

    public static async Task<IResult> BroadcastAsync(
        HttpContext context,
        SendNotification send,
        IdempotentAnswer answers,
        IHostApplicationLifetime lifetime,
        TimeProvider clock
    )
    {
        var (body, refusal) = await ReadAsync(context);
        return body is null ? V2Errors.Of(refusal!) : await RunAsync(context, body.ToBroadcast(), send, answers, lifetime, clock);
    }

    private static async Task<IResult> RunAsync(
        HttpContext context,
        SendBody body,
        SendNotification send,
        IdempotentAnswer answers,
        IHostApplicationLifetime lifetime,
        TimeProvider clock
    )
    {
        if (!body.ToRequest(KeyGate.CallerOf(context), clock.GetUtcNow()).TryGet(out var valid, out var invalid))
        {
            return V2Errors.Of(invalid);
        }

        var (once, badKey) = IdempotentAnswer.KeyOf(context);
        if (badKey is not null)
        {
            return V2Errors.Of(badKey);
        }

        var request = valid with { Once = once };
        var result = await send.RunAsync(request, context.RequestAborted, lifetime.ApplicationStopping);
        return result.TryGet(out var accepted, out var failure)
            ? await answers.WriteAsync(context, request, accepted, () => Task.FromResult(AnswerOf(accepted)), V2Json.Default.SendAnswer)
            : V2Errors.Of(failure);
    }

    private static SendAnswer AnswerOf(AcceptedNotification accepted) =>
        accepted.IsDryRun ? SendAnswer.OfDryRun(accepted.Notification) : SendAnswer.Of(accepted.Notification);

    /// <summary>Lists of ids may need up to 1 MiB; everything else fits in 64 KiB.</summary>
    private static async Task<(SendBody? Body, Refusal? Refusal)> ReadAsync(HttpContext context)
    {
        var (body, refusal) = await JsonBody.ReadAsync(context, V2Json.Default.SendBody, JsonBody.LargeLimit);
        return body is not null && !body.HasIdLists() && JsonBody.BytesOf(context).Length > JsonBody.SmallLimit
            ? (null, JsonBody.TooLarge(JsonBody.SmallLimit))
            : (body, refusal);
    }
}
