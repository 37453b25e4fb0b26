using Pushbell.LocalPushService.VirtualSubscriptions;

namespace Pushbell.Dispatch.Tests.Fixtures;

/// <summary>A registration and the browser behind it.</summary>
internal sealed record Device(long Id, string Token, VirtualSubscription Browser)
{
    /// <summary>Hosts of public push services that lead to the local one.</summary>
    public const string MozillaHost = "updates.push.services.mozilla.com",
        WindowsHost = "wns2-par02p.notify.windows.com";

    public string PublicId => Dispatch.PublicId.Registration(Id);
}
