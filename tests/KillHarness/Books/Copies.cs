using System.Text.Json;
using Pushbell.KillHarness.Audiences;
using Pushbell.LocalPushService.VirtualSubscriptions;

namespace Pushbell.KillHarness.Books;

/// <summary>Every message that the push services took, by send and device. They outlive all faults: this is what was really sent.</summary>
internal sealed class Copies
{
    private readonly Dictionary<(string Marker, string Registration), List<DateTimeOffset>> arrivals = [];

    /// <param name="devices">Whose.</param>
    /// <param name="markers">The titles of all sends.</param>
    public static Copies Of(IEnumerable<Device> devices, IReadOnlySet<string> markers)
    {
        var copies = new Copies();
        foreach (var device in devices)
        {
            foreach (var message in device.Subscription.Messages)
            {
                // The topic spares the decryption of what /v2 sent.
                var marker = message.Topic is { } topic && markers.Contains(topic) ? topic : TitleOf(message);
                copies.Add(marker, device.RegistrationId, message.ReceivedAt);
            }
        }

        return copies;
    }

    public int Total { get; private set; }

    /// <summary>All of them, each with the moments at which its copies came.</summary>
    public IEnumerable<(string Marker, string Registration, IReadOnlyList<DateTimeOffset> Arrivals)> All =>
        arrivals.Select(pair => (pair.Key.Marker, pair.Key.Registration, (IReadOnlyList<DateTimeOffset>)pair.Value));

    public void Add(string marker, string registration, DateTimeOffset moment)
    {
        var key = (marker, registration);
        if (!arrivals.TryGetValue(key, out var moments))
        {
            arrivals[key] = moments = [];
        }

        moments.Add(moment);
        Total++;
    }

    public bool Has(string marker, string registration) => arrivals.ContainsKey((marker, registration));

    /// <summary>The title inside a payload.</summary>
    public static string Title(ReadOnlySpan<byte> payload) =>
        JsonElement.Parse(payload).GetProperty("notification").GetProperty("title").GetString()!;

    private static string TitleOf(ReceivedMessage message) =>
        message.Plaintext is { } payload
            ? Title(payload)
            : throw new InvalidOperationException($"A message cannot be decrypted: {message.DecryptionError}");
}
