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
        if (!body.ToRequest(caller, now).TryGet(out var request, out var invalid))
        {
            return (null, new Refusal(RefusalKind.InvalidRequest, invalid.Sentence));
        }

        var (once, badKey) = IdempotentAnswer.KeyOf(context);
        return badKey is null ? (request with { Once = once }, null) : (null, badKey);
    }
}
