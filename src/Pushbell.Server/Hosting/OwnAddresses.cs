using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Pushbell.Server.Hosting;

/// <summary>
/// Where browsers reach this server: <c>Pushbell:PublicUrl</c>, and what it listens on. Never what a request's Host header says, which
/// is the caller's to choose.
/// </summary>
internal sealed class OwnAddresses(IServer server, PushbellSettings settings)
{
    private IReadOnlySet<string>? origins;

    /// <summary>The addresses listened on; known once the server has started.</summary>
    public IReadOnlyList<Uri> Listening =>
        [
            .. (server.Features.Get<IServerAddressesFeature>()?.Addresses ?? []).Select(address => new Uri(
                address.Replace("//+", "//localhost", StringComparison.Ordinal).Replace("//*", "//localhost", StringComparison.Ordinal)
            )),
        ];

    /// <summary>As browsers name the addresses listened on.</summary>
    public IEnumerable<string> ListeningOrigins => Listening.SelectMany(Reachable);

    public bool Contains(string origin) => (origins ??= Origins()).Contains(origin);

    /// <summary>As whoever asks reached us, so that a page's calls are of its own origin; behind a proxy that hides the name, the public one.</summary>
    public string UrlOf(HttpRequest request)
    {
        var asked = $"{request.Scheme}://{request.Host}";
        return settings.PublicUrl is { Length: > 0 } url && !Contains(asked) ? url : asked;
    }

    private HashSet<string> Origins()
    {
        var all = ListeningOrigins.ToHashSet(StringComparer.Ordinal);
        if (settings.PublicUrl is { Length: > 0 } url)
        {
            all.Add(url);
        }

        return all;
    }

    /// <summary>A browser on this machine reaches a loopback or any-address listener by name and by number.</summary>
    private static IEnumerable<string> Reachable(Uri address) =>
        address.IsLoopback || address.Host is "0.0.0.0" or "[::]"
            ? [$"{address.Scheme}://localhost:{address.Port}", $"{address.Scheme}://127.0.0.1:{address.Port}"]
            : [address.GetLeftPart(UriPartial.Authority)];
}
