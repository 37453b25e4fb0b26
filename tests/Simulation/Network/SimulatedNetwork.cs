using Pushbell.Simulation.Scheduling;
using Pushbell.Simulation.Store;

namespace Pushbell.Simulation.Network;

/// <summary>The push services of a run, the devices behind them, and a record of every POST.</summary>
internal sealed class SimulatedNetwork(Dice dice)
{
    private readonly Dictionary<string, Device> devices = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Topic, Device Device), List<PushAttempt>> attempts = [];

    /// <summary>Two of public push services, which are spoken to in their own ways, and a plain one.</summary>
    public IReadOnlyDictionary<string, NetworkWeather> Origins { get; } =
        new[] { "https://updates.push.services.mozilla.com", "https://fcm.googleapis.com", "https://push.simulated.example" }.ToDictionary(
            origin => origin,
            _ => new NetworkWeather(dice),
            StringComparer.Ordinal
        );

    public IReadOnlyCollection<Device> Devices => devices.Values;

    /// <summary>Called before the answer to a POST is drawn: topic, TTL header, device, sender.</summary>
    public Action<string, int, Device, SimulatedProcess> Sending { get; set; } = static (_, _, _, _) => { };

    /// <summary>Called when a push service has taken a message.</summary>
    public Action<string, Device> Accepted { get; set; } = static (_, _) => { };

    public Device Connect(Tenant tenant, string origin, string userId, string email)
    {
        var device = new Device(tenant, origin, $"/push/{devices.Count}") { UserId = userId, Email = email };
        devices.Add(device.Endpoint, device);
        return device;
    }

    public Device At(string endpoint) => devices[endpoint];

    public NetworkWeather WeatherAt(Device device) => Origins[device.Origin];

    public void Record(string topic, Device device, PushAttempt attempt)
    {
        if (!attempts.TryGetValue((topic, device), out var list))
        {
            attempts.Add((topic, device), list = []);
        }

        list.Add(attempt);
        if (attempt.IsAccepted)
        {
            Accepted(topic, device);
        }
    }

    public IReadOnlyList<PushAttempt> Attempts(string topic, Device device) => attempts.GetValueOrDefault((topic, device)) ?? [];
}
