using Pushbell.Dispatch.Limits;

namespace Pushbell.Server.Hosting;

/// <summary>How a caller is told where he stands with a limit.</summary>
internal static class RequestUseAnswers
{
    /// <summary>RateLimit and RateLimit-Policy (draft-ietf-httpapi-ratelimit-headers): quota, window, remaining and seconds.</summary>
    public static void WriteHeaders(this RequestUse use, IHeaderDictionary headers)
    {
        headers["RateLimit-Policy"] = $"\"{use.Name}\";q={use.Limit};w=60";
        headers["RateLimit"] = $"\"{use.Name}\";r={use.Remaining};t={Math.Max(1, (long)Math.Ceiling(use.Wait.TotalSeconds))}";
    }

    /// <param name="use">After this request.</param>
    /// <param name="whom">Whose limit it is, e.g. "for this key".</param>
    /// <returns>Null while there was room.</returns>
    public static Refusal? ToRefusal(this RequestUse use, string whom) =>
        use.IsOver ? new Refusal(RefusalKind.RateLimited, $"Rate limit exceeded: at most {use.Limit} {use.Name} per minute {whom}.", use.Wait) : null;
}
