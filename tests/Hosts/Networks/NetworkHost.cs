namespace Pushbell.Hosts.Tests.Networks;

/// <summary>A network namespace: interfaces, addresses and sockets of its own, on the same disk and processors.</summary>
/// <param name="Name">The host's, and that of its port at the switch.</param>
/// <param name="Namespace">The system's name for it.</param>
/// <param name="Address">Its only one besides loopback.</param>
/// <param name="Launcher">Starts there the program named behind it, as whoever runs the tests.</param>
internal sealed record NetworkHost(string Name, string Namespace, string Address, IReadOnlyList<string> Launcher)
{
    /// <summary>The interface that leads to the switch.</summary>
    public const string Interface = "eth0";
}
