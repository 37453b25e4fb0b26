using System.Text.Json;
using Pushbell.Dispatch;
using Pushbell.Server.Hosting;

namespace Pushbell.Server.V2;

/// <summary>Every refusal in the form of /v2: <c>{"detail", "code"}</c> and the page's status.</summary>
internal static class V2Errors
{
    public static Task WriteAsync(HttpContext context, Refusal refusal)
    {
        Refusal.SetStatus(context.Response, refusal.Status, refusal.RetryAfter);
        return WriteAsync(context, refusal.Sentence, refusal.Code);
    }

    public static IResult Of(Refusal refusal) => new Written(context => WriteAsync(context, refusal));

    public static IResult Of(Failure failure) =>
        new Written(context =>
        {
            var (status, code, retryAfter) = Map(failure);
            Refusal.SetStatus(context.Response, status, retryAfter);
            return WriteAsync(context, failure.Sentence, code);
        });

    private static (int Status, string Code, TimeSpan? RetryAfter) Map(Failure failure) =>
        failure switch
        {
            Failure.InvalidRequest => (StatusCodes.Status400BadRequest, "INVALID_REQUEST", null),
            Failure.Unauthorized => (StatusCodes.Status401Unauthorized, "UNAUTHORIZED", null),
            Failure.Forbidden => (StatusCodes.Status403Forbidden, "FORBIDDEN", null),
            Failure.NotFound => (StatusCodes.Status404NotFound, "NOT_FOUND", null),
            Failure.QuotaExceeded quota => (StatusCodes.Status429TooManyRequests, "QUOTA_EXCEEDED", quota.RetryAfter),
            Failure.Conflict => (StatusCodes.Status409Conflict, "INVALID_REQUEST", null),
            Failure.InFlight flight => (StatusCodes.Status409Conflict, "INVALID_REQUEST", flight.RetryAfter),
            Failure.KeyReused => (StatusCodes.Status422UnprocessableEntity, "INVALID_REQUEST", null),
            Failure.InsufficientCredits => (StatusCodes.Status402PaymentRequired, "INSUFFICIENT_CREDITS", null),
            _ => throw new ArgumentOutOfRangeException(nameof(failure)),
        };

    private static Task WriteAsync(HttpContext context, string sentence, string code)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        return JsonSerializer.SerializeAsync(
            context.Response.Body,
            new ErrorAnswer(sentence, code),
            V2Json.Default.ErrorAnswer,
            context.RequestAborted
        );
    }

    private sealed class Written(Func<HttpContext, Task> write) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => write(httpContext);
    }
}
