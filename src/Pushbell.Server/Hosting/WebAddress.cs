namespace Pushbell.Server.Hosting;

/// <summary>Addresses that a tap may lead to.</summary>
internal static class WebAddress
{
    /// <returns>Null when the text is absent, or an absolute http or https address.</returns>
    public static string? Check(string name, string? text) =>
        text is null || (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "https" or "http")
            ? null
            : $"{name} must be an absolute http or https address.";
}
