using System.Globalization;

namespace Pushbell.WebPush;

/// <summary>The Retry-After header (RFC 9110 §10.2.3), in seconds or as a date, as hostile as it may come.</summary>
internal static class RetryAfter
{
    /// <summary>"At once", without becoming a tight loop.</summary>
    public static readonly TimeSpan Soonest = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>For what is past, negative, beyond a day or no time at all.</summary>
    private static readonly TimeSpan Senseless = TimeSpan.FromSeconds(60);

    /// <returns>Null only when there is no header.</returns>
    public static TimeSpan? Parse(string? header, DateTimeOffset now)
    {
        if (header is null)
        {
            return null;
        }

        var text = header.AsSpan().Trim();
        TimeSpan wait;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            wait = TimeSpan.FromSeconds(seconds);
        }
        else if (DateTimeOffset.TryParseExact(text, "r", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            wait = date - now;
        }
        else
        {
            return Senseless;
        }

        if (wait < TimeSpan.Zero || wait > Longest)
        {
            return Senseless;
        }

        return wait < Soonest ? Soonest : wait;
    }
}
