using Pushbell.Simulation.Store;

namespace Pushbell.Simulation.Network;

/// <summary>A browser that was registered with a tenant: where it is reached, and whether it still is.</summary>
internal sealed class Device(Tenant tenant, string origin, string path)
{
    public Tenant Tenant => tenant;

    public string Origin => origin;

    public string Path => path;

    public string Endpoint => origin + path;

    /// <summary>The person, by the organization's own id.</summary>
    public required string UserId { get; init; }

    public required string Email { get; init; }

    /// <summary>The registration; 0 while the registering is on its way.</summary>
    public long Id { get; set; }

    /// <summary>Its push service knows it no more.</summary>
    public bool IsGone { get; set; }

    /// <summary>The commit that took it out of use, and and which its caller knows of; null while it may be in use.</summary>
    public long? DeregisteredAt { get; set; }

    /// <summary>Has been registered again, or for the first time, while the run went on.</summary>
    public bool HasArrived { get; set; }

    /// <summary>Was taken into or out of use while the run went on.</summary>
    public bool Changed { get; set; }
}
