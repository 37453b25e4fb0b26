using System.Text.Json.Serialization.Metadata;
using Pushbell.Dispatch.Notifications;
using Pushbell.Dispatch.Organizations;

namespace Pushbell.Server.Hosting.Sending;

/// <summary>From the bytes of a request to a send that keeps the rules.</summary>
internal static class SendReading
{
    /// <summary>Lists of ids may need up to 1 MiB; everything else fits in 64 KiB.</summary>
    /// <param name="context">The request.</param>
    /// <param name="type">Of the API's own context.</param>
    public static async Task<(SendBody? Body, Refusal? Refusal)> ReadAsync(HttpContext context, JsonTypeInfo<SendBody> type)
    {
        var (body, refusal) = await JsonBody.ReadAsync(context, type, JsonBody.LargeLimit);
        return body is not null && !body.HasIdLists() && JsonBody.BytesOf(context).Length > JsonBody.SmallLimit
            ? (null, JsonBody.TooLarge(JsonBody.SmallLimit))
            : (body, refusal);
    }

    /// <summary>The send that a body and the request's headers ask for, or the first thing that is wrong with them.</summary>
    public static (SendRequest? Request, Refusal? Refusal) Understand(HttpContext context, Caller caller, SendBody body, DateTimeOffset now)
    {
        if (!body.ToContent().TryGet(out var content, out var badContent))
        {
            return (null, Bad(badContent.Sentence));
        }

        if (!body.ToTarget().TryGet(out var target, out var badTarget))
        {
            return (null, Bad(badTarget.Sentence));
        }

        if (!SendTime.Parse(body.SendAt, now).TryGet(out var sendAt, out var badTime) && badTime is not null)
        {
            return (null, Bad(badTime.Sentence));
        }

        var (once, badKey) = IdempotentAnswer.KeyOf(context);
        if (badKey is not null)
        {
            return (null, badKey);
        }

        var request = new SendRequest(caller, target, content)
        {
            Queue = body.AsyncMode ?? false,
            SendAt = sendAt,
            DryRun = body.DryRun ?? false,
            Once = once,
        };
        return (request, null);
    }

    private static Refusal Bad(string sentence) => new(RefusalKind.InvalidRequest, sentence);
}
