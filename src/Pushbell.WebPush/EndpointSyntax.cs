using System.Diagnostics.CodeAnalysis;

namespace Pushbell.WebPush;

/// <summary>Which URLs may be an endpoint at all. Whether the host is one to send to is decided elsewhere, on the parsed host.</summary>
/// <remarks>
/// <see cref="Uri"/> is generous: it reads <c>//host/x</c> as a file, <c>127.1</c> and <c>2130706433</c> as loopback, and folds
/// full-width characters. An endpoint is therefore taken only when its host is written the way it was understood.
/// </remarks>
internal static class EndpointSyntax
{
    private const int MaxLength = 2048;

    public static bool TryParse(string? text, [NotNullWhen(true)] out Uri? endpoint, [NotNullWhen(false)] out string? problem)
    {
        endpoint = null;
        problem = Problem(text, out var uri);
        if (problem is not null)
        {
            return false;
        }

        endpoint = uri!;
        return true;
    }

    private static string? Problem(string? text, out Uri? uri)
    {
        uri = null;
        if (string.IsNullOrEmpty(text))
        {
            return "The endpoint is missing.";
        }

        if (text.Length > MaxLength)
        {
            return $"The endpoint is longer than {MaxLength} characters.";
        }

        if (text.AsSpan().ContainsAnyExceptInRange('!', '~') || text.Contains('\\'))
        {
            return "The endpoint holds characters that a URL does not have.";
        }

        var authority = Authority(text);
        if (authority is null || !Uri.TryCreate(text, UriKind.Absolute, out uri) || uri.Host.Length == 0)
        {
            return "The endpoint is not an absolute http or https URL.";
        }

        if (authority.Contains('@'))
        {
            return "The endpoint must not carry user information.";
        }

        if (text.Contains('#'))
        {
            return "The endpoint must not carry a fragment.";
        }

        if (uri.Host.EndsWith('.'))
        {
            return "The host of the endpoint must not end with a dot.";
        }

        if (!IsWrittenAsUnderstood(authority, uri))
        {
            return $"The host of the endpoint is written in a disguised form of {uri.IdnHost}.";
        }

        // What Chrome reports for a subscription that it has dropped.
        return uri.Host == "permanently-removed.invalid" ? "The browser has removed this subscription; it must subscribe again." : null;
    }

    private static string? Authority(string text)
    {
        var start =
            text.StartsWith("https://", StringComparison.OrdinalIgnoreCase) ? "https://".Length
            : text.StartsWith("http://", StringComparison.OrdinalIgnoreCase) ? "http://".Length
            : -1;
        if (start < 0)
        {
            return null;
        }

        var length = text.AsSpan(start).IndexOfAny('/', '?', '#');
        return length < 0 ? text[start..] : text.Substring(start, length);
    }

    private static bool IsWrittenAsUnderstood(string authority, Uri uri)
    {
        var written = authority.AsSpan();
        var colon = written.LastIndexOf(':');
        if (colon > written.LastIndexOf(']'))
        {
            written = written[..colon];
        }

        return written.Equals(uri.Host, StringComparison.OrdinalIgnoreCase);
    }
}
