using System.Net;
using System.Net.Sockets;

namespace Pushbell.WebPush;

/// <summary>Which addresses are the public internet, by the IANA special-purpose registries (RFC 6890).</summary>
internal static class PublicAddress
{
    private static readonly IPNetwork[] NotPublicV4 =
    [
        .. new[]
        {
            "0.0.0.0/8", // this network
            "10.0.0.0/8",
            "100.64.0.0/10", // carrier-grade NAT, and some clouds' metadata
            "127.0.0.0/8",
            "168.63.129.16/32", // Azure's host agent: a public number, never a public host
            "169.254.0.0/16", // link-local, and most clouds' metadata
            "172.16.0.0/12",
            "192.0.0.0/24", // IETF protocol assignments
            "192.0.2.0/24", // documentation
            "192.88.99.0/24", // 6to4 relays
            "192.168.0.0/16",
            "198.18.0.0/15", // benchmarking
            "198.51.100.0/24", // documentation
            "203.0.113.0/24", // documentation
            "224.0.0.0/4", // multicast
            "240.0.0.0/4", // reserved, broadcast
        }.Select(IPNetwork.Parse),
    ];

    // Everything else that is not public (loopback, ULA, link-local, NAT64, multicast …) lies outside it.
    private static readonly IPNetwork GlobalUnicastV6 = IPNetwork.Parse("2000::/3");

    private static readonly IPNetwork[] NotPublicV6 =
    [
        .. new[]
        {
            "2001::/23", // IETF protocol assignments, Teredo among them
            "2001:db8::/32", // documentation
            "2002::/16", // 6to4, which embeds any IPv4 address
            "3fff::/20", // documentation
        }.Select(IPNetwork.Parse),
    ];

    public static bool IsPublic(IPAddress address)
    {
        // ::ffff:127.0.0.1 reaches 127.0.0.1.
        var real = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return real.AddressFamily switch
        {
            AddressFamily.InterNetwork => !NotPublicV4.Any(network => network.Contains(real)),
            AddressFamily.InterNetworkV6 => GlobalUnicastV6.Contains(real) && !NotPublicV6.Any(network => network.Contains(real)),
            _ => false,
        };
    }
}
