using System.ComponentModel.DataAnnotations;
using Pushbell.Dispatch.Registrations;
using Pushbell.Server.Hosting;

namespace Pushbell.Server.V2;

/// <summary>How the registration stands.</summary>
/// <param name="Status">active; inactive: it keeps failing; expired: the push service no longer knows it; unregistered: it was taken back.</param>
/// <param name="VapidPublicKey">The service's current one.</param>
/// <param name="NeedsSubscription">The browser must subscribe with that key, and send the new subscription.</param>
internal sealed record HeartbeatAnswer(
    [property: AllowedValues("active", "inactive", "expired", "unregistered")] string Status,
    string VapidPublicKey,
    bool NeedsSubscription
)
{
    public static HeartbeatAnswer Of(Pulse pulse) => new(StatusNames.Of(pulse.Status), pulse.VapidPublicKey, pulse.NeedsSubscription);
}
