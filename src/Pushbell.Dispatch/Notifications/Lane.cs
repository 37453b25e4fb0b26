using Pushbell.WebPush;

namespace Pushbell.Dispatch.Notifications;

/// <summary>Within an organization, what is urgent or small overtakes broadcasts.</summary>
internal enum Lane
{
    Express = 0,
    Bulk = 1,
}

internal static class Lanes
{
    public static Lane Of(PushUrgency urgency, int targets) =>
        urgency == PushUrgency.High || targets <= Admission.InRequestLimit ? Lane.Express : Lane.Bulk;
}
