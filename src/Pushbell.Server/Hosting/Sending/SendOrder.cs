using Pushbell.Dispatch;
using Pushbell.Dispatch.Notifications;
using Pushbell.Dispatch.Organizations;

namespace Pushbell.Server.Hosting.Sending;

internal static class SendOrder
{
    /// <summary>All the rules of a send in their order: what it says, whom it is for, when it begins.</summary>
    /// <param name="body">As it was given.</param>
    /// <param name="caller">On whose behalf.</param>
    /// <param name="now">For the moment of a scheduled send.</param>
    public static Result<SendRequest> ToRequest(this SendBody body, Caller caller, DateTimeOffset now)
    {
        if (!body.ToContent().TryGet(out var content, out var badContent))
        {
            return badContent;
        }

        if (!body.ToTarget().TryGet(out var target, out var badTarget))
        {
            return badTarget;
        }

        var time = SendTime.Parse(body.SendAt, now);
        return time.Failure is { } badTime
            ? badTime
            : new SendRequest(caller, target, content)
            {
                Queue = body.AsyncMode ?? false,
                SendAt = time.Value,
                DryRun = body.DryRun ?? false,
            };
    }
}
