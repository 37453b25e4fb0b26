using System.Net;
using Microsoft.AspNetCore.HttpOverrides;

namespace Pushbell.Server.Hosting;

/// <summary>
/// Behind a proxy every request comes from the proxy's address; what it says of the real one is believed only when the operator has
/// named that proxy, for anybody can send the header.
/// </summary>
internal static class ForwardedAddresses
{
    public static void UseForwardedAddresses(this WebApplication app, IReadOnlyList<string> trusted)
    {
        if (trusted.Count == 0)
        {
            return;
        }

        // Without a limit: the chain is followed as long as the one who speaks is trusted.
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = null };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in trusted)
        {
            options.KnownIPNetworks.Add(Parse(network)!.Value);
        }

        app.UseForwardedHeaders(options);
    }

    /// <summary>An address is a network of one.</summary>
    /// <returns>Null when the text is neither.</returns>
    public static System.Net.IPNetwork? Parse(string text) =>
        System.Net.IPNetwork.TryParse(text, out var network) ? network
        : IPAddress.TryParse(text, out var address) ? new System.Net.IPNetwork(address, address.GetAddressBytes().Length * 8)
        : null;
}
