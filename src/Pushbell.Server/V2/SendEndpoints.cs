using Pushbell.Dispatch.Delivery;
using Pushbell.Dispatch.Notifications;
using Pushbell.Server.Hosting;

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
        if (!body.ToContent().TryGet(out var content, out var badContent))
        {
            return V2Errors.Of(badContent);
        }

        if (!body.ToTarget().TryGet(out var target, out var badTarget))
        {
            return V2Errors.Of(badTarget);
        }

        if (!SendTime.Parse(body.SendAt, clock.GetUtcNow()).TryGet(out var sendAt, out var badTime) && badTime is not null)
        {
            return V2Errors.Of(badTime);
        }

        var (once, badKey) = IdempotentAnswer.KeyOf(context);
        if (badKey is not null)
        {
            return V2Errors.Of(badKey);
        }

        var request = new SendRequest(KeyGate.CallerOf(context), target, content)
        {
            Queue = body.AsyncMode ?? false,
            SendAt = sendAt,
            DryRun = body.DryRun ?? false,
            Once = once,
        };
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
