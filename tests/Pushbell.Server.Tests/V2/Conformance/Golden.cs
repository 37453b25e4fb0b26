using System.Text.RegularExpressions;

namespace Pushbell.Server.Tests.V2.Conformance;

/// <summary>Replaces ids that differ from run to run by their kind, where their form is right; any other stays and is seen.</summary>
internal static partial class Golden
{
    public static string NameIds(string text) => Token().Replace(VapidKey().Replace(Id().Replace(text, "<${kind}>"), "<vapid>"), "<token>");

    [GeneratedRegex("(?<![0-9a-z_])(?<kind>req|reg|org|svc)_[0-9a-hjkmnp-tv-z]{13}(?![0-9a-z])", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Id();

    /// <summary>Organization, service and 24 random bytes in base64url.</summary>
    [GeneratedRegex("(?<![A-Za-z0-9_-])rt_[A-Za-z0-9_-]{54}(?![A-Za-z0-9_-])", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Token();

    /// <summary>An uncompressed point of P-256: 65 bytes, the first 0x04, in base64url.</summary>
    [GeneratedRegex("(?<![A-Za-z0-9_-])B[A-P][A-Za-z0-9_-]{84}[AEIMQUYcgkosw048](?![A-Za-z0-9_-])", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex VapidKey();
}
