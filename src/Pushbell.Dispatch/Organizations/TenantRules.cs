using System.Text.RegularExpressions;
using Pushbell.WebPush;

namespace Pushbell.Dispatch.Organizations;

/// <summary>What names, identifiers, origins and contacts must look like. Each answers null, or what is wrong with the text it quotes.</summary>
public static partial class TenantRules
{
    public const int MaxNameLength = 100;

    public static string? NameProblem(string name) =>
        string.IsNullOrWhiteSpace(name) || name.Length > MaxNameLength || name.Any(char.IsControl)
            ? $"'{name}' must be 1 to {MaxNameLength} characters, on one line."
            : null;

    /// <summary>An identifier is part of the service's addresses, hence a DNS label (RFC 1123 §2.1).</summary>
    public static string? IdentifierProblem(string identifier) =>
        IdentifierPattern().IsMatch(identifier) ? null : $"'{identifier}' must be lower-case letters, digits and hyphens.";

    /// <summary>An origin as browsers send it in the Origin header (RFC 6454 §6.2).</summary>
    public static string? OriginProblem(string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.GetLeftPart(UriPartial.Authority) == origin
            ? null
            : $"'{origin}' must be an origin like https://app.example.com, without a path or trailing slash.";

    /// <summary>A color as manifests and canvases take it, in one form.</summary>
    public static string? ColorProblem(string color) =>
        ColorPattern().IsMatch(color) ? null : $"'{color}' must be a color like #1f4fd8.";

    /// <summary>A contact goes to push services as the VAPID subject (RFC 8292 §2.1).</summary>
    public static string? ContactProblem(string email) =>
        VapidSubject.TryValidate("mailto:" + email, out var problem) ? null : $"'{email}': {problem}";

    [GeneratedRegex("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex IdentifierPattern();

    [GeneratedRegex("^#[0-9a-fA-F]{6}$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex ColorPattern();
}
