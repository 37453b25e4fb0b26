using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Pushbell.Dispatch.Notifications;
using Pushbell.Dispatch.Organizations;
using Pushbell.Dispatch.Storage;

namespace Pushbell.Server.Hosting;

/// <summary>The <c>Idempotency-Key</c> of a request, and answers that can be given a second time to the letter.</summary>
internal sealed partial class IdempotentAnswer(Idempotency idempotency, ILogger<IdempotentAnswer> logger)
{
    private const string Header = "Idempotency-Key";
    private const int MaxLength = 255;

    /// <summary>The key of a request whose body has been read; null when it has none.</summary>
    public static (IdempotencyKey? Key, Refusal? Refusal) KeyOf(HttpContext context)
    {
        var header = context.Request.Headers[Header];
        if (header.Count == 0)
        {
            return (null, null);
        }

        if (header is not [{ Length: > 0 and <= MaxLength } text] || text.Any(character => character is < '!' or > '~'))
        {
            var sentence = $"{Header} must be 1 to {MaxLength} printable ASCII characters without blanks.";
            return (null, new Refusal(RefusalKind.InvalidRequest, sentence));
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(context.Request.Path.Value!.ToLowerInvariant() + "\n"));
        hash.AppendData(JsonBody.BytesOf(context).Span);
        return (new IdempotencyKey(text, Base64Url.EncodeToString(hash.GetHashAndReset())), null);
    }

    /// <summary>Writes the answer, and keeps the first under the key; or writes the one that was kept.</summary>
    /// <param name="context">The request.</param>
    /// <param name="request">What was asked.</param>
    /// <param name="accepted">What came of it.</param>
    /// <param name="answer">The answer in the API's own form, asked for unless one was kept.</param>
    /// <param name="type">How it is written.</param>
    /// <param name="status">Of the good answer.</param>
    public async Task<IResult> WriteAsync<T>(
        HttpContext context,
        SendRequest request,
        AcceptedNotification accepted,
        Func<Task<T>> answer,
        JsonTypeInfo<T> type,
        int status = StatusCodes.Status200OK
    )
    {
        context.Response.StatusCode = status;
        if (accepted.IsReplay)
        {
            context.Response.Headers["Idempotency-Replayed"] = "true";
        }

        var bytes = accepted.FirstAnswer?.ToArray() ?? JsonSerializer.SerializeToUtf8Bytes(await answer(), type);
        // One that came again before the first answer was kept tells how things stand by now; the first alone is kept.
        if (request is { Once: { } key, DryRun: false } && !accepted.IsReplay)
        {
            await RememberAsync(request.Caller, key, accepted.Notification.Id, bytes);
        }

        return TypedResults.Bytes(bytes, "application/json; charset=utf-8");
    }

    private async Task RememberAsync(Caller caller, IdempotencyKey key, long notification, byte[] answer)
    {
        try
        {
            await idempotency.RememberAsync(caller, key, notification, answer, CancellationToken.None);
        }
        catch (StorageOutageException exception)
        {
            // The send itself is through. Asked again, the answer is made from the ledger.
            Log.NotKept(logger, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "an answer could not be kept for its idempotency key")]
        public static partial void NotKept(ILogger logger, Exception exception);
    }
}
