using System.Globalization;
using System.Text.RegularExpressions;
using Pushbell.Dispatch;

namespace Pushbell.Server.Hosting.Sending;

/// <summary>When a scheduled send begins: a moment in ISO 8601 with its zone, so that nobody has to guess.</summary>
internal static partial class SendTime
{
    // A caller whose clock is a little behind means "now".
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5), Furthest = TimeSpan.FromDays(365);

    /// <returns>Null: at once.</returns>
    public static Result<DateTimeOffset?> Parse(string? text, DateTimeOffset now)
    {
        if (text is null)
        {
            return default(DateTimeOffset?);
        }

        if (!Form().IsMatch(text) || !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var at))
        {
            return new Failure.InvalidRequest("send_at must be a moment in ISO 8601 with its zone, such as 2030-01-31T08:00:00Z.");
        }

        if (at > now + Furthest)
        {
            return new Failure.InvalidRequest($"send_at is more than {Furthest.TotalDays:0} days ahead.");
        }

        if (at < now - Tolerance)
        {
            return new Failure.InvalidRequest($"send_at lies in the past: it is {now.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'} now. Leave it out to send at once.");
        }

        return at > now ? at.ToUniversalTime() : default(DateTimeOffset?);
    }

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,7})?)?(Z|[+-]\d\d:\d\d)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex Form();
}
