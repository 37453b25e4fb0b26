using System.Text.Json;
using Pushbell.Dispatch;
using Pushbell.Server.Hosting;

namespace Pushbell.Server.Management;

/// <summary>Every refusal in the form of /manage: <c>{"detail", "code"}</c>.</summary>
internal static class ManageErrors
{
    public static Task WriteAsync(HttpContext context, Refusal refusal) => Of(refusal).ExecuteAsync(context);

    public static IResult Of(Refusal refusal) => new Written(refusal.Status, refusal.Sentence, refusal.Code, refusal.RetryAfter);

    public static IResult Of(Failure failure) =>
        failure switch
        {
            Failure.InvalidRequest => new Written(StatusCodes.Status400BadRequest, failure.Sentence, "INVALID_REQUEST"),
            Failure.Unauthorized => new Written(StatusCodes.Status401Unauthorized, failure.Sentence, "UNAUTHORIZED"),
            Failure.InsufficientCredits => new Written(StatusCodes.Status402PaymentRequired, failure.Sentence, "INSUFFICIENT_CREDITS"),
            Failure.Forbidden => new Written(StatusCodes.Status403Forbidden, failure.Sentence, "FORBIDDEN"),
            Failure.NotFound => new Written(StatusCodes.Status404NotFound, failure.Sentence, "NOT_FOUND"),
            Failure.Conflict => new Written(StatusCodes.Status409Conflict, failure.Sentence, "CONFLICT"),
            Failure.InFlight flight => new Written(StatusCodes.Status409Conflict, failure.Sentence, "CONFLICT", flight.RetryAfter),
            Failure.KeyReused => new Written(StatusCodes.Status422UnprocessableEntity, failure.Sentence, "INVALID_REQUEST"),
            Failure.QuotaExceeded quota => new Written(StatusCodes.Status429TooManyRequests, failure.Sentence, "QUOTA_EXCEEDED", quota.RetryAfter),
            _ => throw new ArgumentOutOfRangeException(nameof(failure)),
        };

    /// <summary>The password is right, and a second factor is needed.</summary>
    public static IResult TotpRequired(string sentence) => new Written(StatusCodes.Status401Unauthorized, sentence, "TOTP_REQUIRED");

    private sealed class Written(int status, string sentence, string code, TimeSpan? retryAfter = null) : IResult, IStatusCodeHttpResult
    {
        public int? StatusCode => status;

        public Task ExecuteAsync(HttpContext httpContext)
        {
            Refusal.SetStatus(httpContext.Response, status, retryAfter);
            httpContext.Response.ContentType = "application/json; charset=utf-8";
            return JsonSerializer.SerializeAsync(
                httpContext.Response.Body,
                new ManageError(sentence, code),
                ManageJson.Default.ManageError,
                httpContext.RequestAborted
            );
        }
    }
}
