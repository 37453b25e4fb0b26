namespace Pushbell.Server.Hosting;

/// <summary>Why a request was turned away before it reached a handler, or by HTTP itself; each API words it in its own form.</summary>
internal enum RefusalKind
{
    Unauthorized,
    Forbidden,
    RateLimited,
    InvalidRequest,
    NotFound,
    MethodNotAllowed,
    BodyTooLarge,
    UnsupportedMediaType,
    Unavailable,
    Crashed,
}

internal sealed record Refusal(RefusalKind Kind, string Sentence, TimeSpan? RetryAfter = null)
{
    public int Status =>
        Kind switch
        {
            RefusalKind.Unauthorized => StatusCodes.Status401Unauthorized,
            RefusalKind.Forbidden => StatusCodes.Status403Forbidden,
            RefusalKind.RateLimited => StatusCodes.Status429TooManyRequests,
            RefusalKind.InvalidRequest => StatusCodes.Status400BadRequest,
            RefusalKind.NotFound => StatusCodes.Status404NotFound,
            RefusalKind.MethodNotAllowed => StatusCodes.Status405MethodNotAllowed,
            RefusalKind.BodyTooLarge => StatusCodes.Status413PayloadTooLarge,
            RefusalKind.UnsupportedMediaType => StatusCodes.Status415UnsupportedMediaType,
            RefusalKind.Unavailable => StatusCodes.Status503ServiceUnavailable,
            RefusalKind.Crashed => StatusCodes.Status500InternalServerError,
            _ => throw new InvalidOperationException($"No status for {Kind}."),
        };

    /// <summary>The code that stands beside the sentence in /v2 and /manage.</summary>
    public string Code =>
        Kind switch
        {
            RefusalKind.Unauthorized => "UNAUTHORIZED",
            RefusalKind.Forbidden => "FORBIDDEN",
            RefusalKind.RateLimited => "RATE_LIMITED",
            RefusalKind.NotFound => "NOT_FOUND",
            RefusalKind.Unavailable => "SERVICE_UNAVAILABLE",
            RefusalKind.Crashed => "INTERNAL_ERROR",
            RefusalKind.InvalidRequest or RefusalKind.MethodNotAllowed or RefusalKind.BodyTooLarge or RefusalKind.UnsupportedMediaType =>
                "INVALID_REQUEST",
            _ => throw new InvalidOperationException($"No code for {Kind}."),
        };

    /// <summary>Sets the status and Retry-After in whole seconds, rounded up: trying at that moment must succeed.</summary>
    public static void SetStatus(HttpResponse response, int status, TimeSpan? retryAfter)
    {
        response.StatusCode = status;
        if (retryAfter is { } wait)
        {
            response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString();
        }
    }
}
