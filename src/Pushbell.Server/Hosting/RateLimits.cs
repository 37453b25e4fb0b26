using System.Globalization;
using Pushbell.Dispatch.Limits;
using Pushbell.Dispatch.Organizations;

namespace Pushbell.Server.Hosting;

internal enum RateLimit
{
    /// <summary>/v1 sends, per key.</summary>
    Sends,

    /// <summary>/v2 requests, per key.</summary>
    Requests,

    None,
}

/// <summary>What backends may ask for in any 60 seconds, key by key, over all nodes.</summary>
internal sealed class RateLimits(PushbellSettings settings, RequestWindows windows)
{
    private readonly IRequestWindow sends = windows.Create("sends", settings.Limits.SendsPerMinute);
    private readonly IRequestWindow requests = windows.Create("requests", settings.Limits.RequestsPerMinute);

    /// <returns>Null where no limit counts.</returns>
    public async ValueTask<RequestUse?> CountAsync(Caller caller, RateLimit limit, CancellationToken cancellationToken)
    {
        var window = limit switch
        {
            RateLimit.Sends => sends,
            RateLimit.Requests => requests,
            _ => null,
        };
        return window is null
            ? null
            : await window.CountAsync(caller.OrganizationId, caller.KeyId.ToString(CultureInfo.InvariantCulture), cancellationToken);
    }
}
