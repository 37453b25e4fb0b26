using System.Text.Json;
using Pushbell.Dispatch;
using Pushbell.Server.Hosting;

namespace Pushbell.Server.V1;

/// <summary>Every refusal in the form of /v1: <c>{"error"}</c> and the page's status.</summary>
internal static class V1Errors
{
    public static Task WriteAsync(HttpContext context, Refusal refusal) =>
        WriteAsync(context, refusal.Status, refusal.Sentence, refusal.RetryAfter);

    public static IResult Of(Refusal refusal) => new Written(refusal.Status, refusal.Sentence, refusal.RetryAfter);

    public static IResult Of(Failure failure) =>
        failure switch
        {
            Failure.InvalidRequest => new Written(StatusCodes.Status400BadRequest, failure.Sentence),
            Failure.Unauthorized => new Written(StatusCodes.Status401Unauthorized, failure.Sentence),
            Failure.InsufficientCredits => new Written(StatusCodes.Status402PaymentRequired, failure.Sentence),
            Failure.Forbidden => new Written(StatusCodes.Status403Forbidden, failure.Sentence),
            Failure.NotFound => new Written(StatusCodes.Status404NotFound, failure.Sentence),
            Failure.Conflict => new Written(StatusCodes.Status409Conflict, failure.Sentence),
            Failure.InFlight flight => new Written(StatusCodes.Status409Conflict, failure.Sentence, flight.RetryAfter),
            Failure.KeyReused => new Written(StatusCodes.Status422UnprocessableEntity, failure.Sentence),
            Failure.QuotaExceeded quota => new Written(StatusCodes.Status429TooManyRequests, failure.Sentence, quota.RetryAfter),
            _ => throw new ArgumentOutOfRangeException(nameof(failure)),
        };

    private static Task WriteAsync(HttpContext context, int status, string sentence, TimeSpan? retryAfter)
    {
        Refusal.SetStatus(context.Response, status, retryAfter);
        context.Response.ContentType = "application/json; charset=utf-8";
        return JsonSerializer.SerializeAsync(
            context.Response.Body,
            new ErrorAnswer(sentence),
            V1Json.Default.ErrorAnswer,
            context.RequestAborted
        );
    }

    private sealed class Written(int status, string sentence, TimeSpan? retryAfter = null) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => WriteAsync(httpContext, status, sentence, retryAfter);
    }
}
