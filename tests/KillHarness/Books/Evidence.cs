using Pushbell.Dispatch;
using Pushbell.KillHarness.Audiences;
using Pushbell.KillHarness.Faults;
using Pushbell.KillHarness.Workloads;

namespace Pushbell.KillHarness.Books;

/// <summary>All that is known at the end of a run: what callers were told, what the product says, and what really arrived.</summary>
internal sealed class Evidence
{
    private readonly Dictionary<string, Device> devices;
    private readonly ILookup<string, Request> requests;

    public Evidence(
        IReadOnlyList<Send> sends,
        IReadOnlyList<Request> requests,
        IEnumerable<Device> devices,
        Copies copies,
        Timeline faults,
        int nodes
    )
    {
        (Sends, Requests, Copies, Faults, Nodes) = (sends, requests, copies, faults, nodes);
        this.devices = devices.ToDictionary(device => device.RegistrationId);
        this.requests = requests.ToLookup(request => request.Marker);
    }

    public IReadOnlyList<Send> Sends { get; }

    public IReadOnlyList<Request> Requests { get; }

    public Timeline Faults { get; }

    public Copies Copies { get; }

    /// <summary>How many nodes there were.</summary>
    public int Nodes { get; }

    public static async Task<Evidence> GatherAsync(Workload workload, Api api, Snapshot snapshot, Audience audience, Timeline faults, int nodes)
    {
        var markers = snapshot.Notifications.ToDictionary(
            notification => PublicId.Notification(notification.Id),
            notification => Copies.Title(notification.Payload)
        );
        var copies = Copies.Of(audience.Devices, workload.Sends.Select(send => send.Marker).ToHashSet());
        return new Evidence(workload.Sends, await Request.AllAsync(api, markers), audience.Devices, copies, faults, nodes);
    }

    public Device Device(string registration) => devices[registration];

    /// <summary>The requests that exist for a send: one, if all is well, or none.</summary>
    public IEnumerable<Request> RequestsOf(Send send) => requests[send.Marker];
}
