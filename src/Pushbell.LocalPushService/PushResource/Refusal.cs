using System.Text.Json.Serialization;

namespace Pushbell.LocalPushService.PushResource;

/// <summary>Why a request was not accepted. The error numbers are those of Mozilla's autopush, 0 where it has none.</summary>
internal sealed record Refusal(int Code, int Errno, string Message)
{
    public static readonly Refusal UnknownSubscription = new(StatusCodes.Status404NotFound, 102, "There is no such subscription.");
    public static readonly Refusal GoneSubscription = new(StatusCodes.Status410Gone, 106, "This subscription was removed.");

    public static Refusal TooLarge(int limit) =>
        new(StatusCodes.Status413PayloadTooLarge, 104, $"A message holds at most {limit} bytes (RFC 8030, section 7.2).");

    public static Refusal Unauthorized(string message) => new(StatusCodes.Status401Unauthorized, 109, message);

    public static Refusal Forbidden(string message) => new(StatusCodes.Status403Forbidden, 109, message);

    public static Refusal Header(int errno, string message) => new(StatusCodes.Status400BadRequest, errno, message);

    public async Task WriteAsync(HttpResponse response)
    {
        response.StatusCode = Code;
        if (Code == StatusCodes.Status401Unauthorized)
            response.Headers.WWWAuthenticate = "vapid";
        await response.WriteAsJsonAsync(this, RefusalJson.Default.Refusal, cancellationToken: response.HttpContext.RequestAborted);
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Refusal))]
internal sealed partial class RefusalJson : JsonSerializerContext;
