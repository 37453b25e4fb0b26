namespace Pushbell.Server.Hosting;

/// <summary>
/// A one-time link as people are given it. The token stands behind the #: browsers keep that to themselves, so that no proxy and no
/// log on the way sees it.
/// </summary>
internal static class DashboardLink
{
    private const string DefaultRoot = "http://localhost:8080";

    public static string Of(string root, string token) => $"{root}/#/link/{token}";

    /// <summary>Where browsers reach the server that this configuration is for, as far as the configuration tells.</summary>
    public static string Root(IConfiguration configuration, PushbellSettings settings)
    {
        if (settings.PublicUrl is { Length: > 0 } url)
        {
            return url;
        }

        var first = configuration[WebHostDefaults.ServerUrlsKey]?.Split(';')[0].Replace("//+", "//localhost", StringComparison.Ordinal).Replace("//*", "//localhost", StringComparison.Ordinal);
        return Uri.TryCreate(first, UriKind.Absolute, out var address) ? ReachableRoot(address) : DefaultRoot;
    }

    /// <summary>An address that is listened on, as a browser on this machine names it.</summary>
    public static string ReachableRoot(Uri address) =>
        new UriBuilder(address) { Host = address.Host is "0.0.0.0" or "[::]" ? "localhost" : address.Host }.Uri.GetLeftPart(UriPartial.Authority);
}
