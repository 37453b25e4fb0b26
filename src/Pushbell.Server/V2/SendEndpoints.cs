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
        var (body, refusal) = await SendReading.ReadAsync(context, V2Json.Default.SendBody);
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
        var (body, refusal) = await SendReading.ReadAsync(context, V2Json.Default.SendBody);
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
        var (request, bad) = SendReading.Understand(context, KeyGate.CallerOf(context), body, clock.GetUtcNow());
        if (request is null)
        {
            return V2Errors.Of(bad!);
        }

        var result = await send.RunAsync(request, context.RequestAborted, lifetime.ApplicationStopping);
        return result.TryGet(out var accepted, out var failure)
            ? await answers.WriteAsync(context, request, accepted, () => Task.FromResult(AnswerOf(accepted)), V2Json.Default.SendAnswer)
            : V2Errors.Of(failure);
    }

    private static SendAnswer AnswerOf(AcceptedNotification accepted) =>
        accepted.IsDryRun ? SendAnswer.OfDryRun(accepted.Notification) : SendAnswer.Of(accepted.Notification);
}
