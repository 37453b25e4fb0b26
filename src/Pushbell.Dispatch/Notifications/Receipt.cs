namespace Pushbell.Dispatch.Notifications;

/// <summary>What a browser says became of a notification on its screen; a recipient's are kept together in one byte.</summary>
[Flags]
public enum ReceiptEvents : byte
{
    None = 0,
    Shown = 1,
    Clicked = 2,
    Dismissed = 4,
}

/// <summary>One report of a service worker.</summary>
public sealed record Receipt(long NotificationId, ReceiptEvents Event);

/// <summary>
/// What browsers have reported of a notification, each registration once per event. Accepted by a push service is another thing: much
/// of it is never shown.
/// </summary>
/// <param name="Shown">On the screen.</param>
/// <param name="Clicked">Tapped.</param>
/// <param name="Dismissed">Swiped away.</param>
/// <param name="LinkClicks">How often its click link was followed, by whomever and however often.</param>
public sealed record ReceiptCounts(int Shown, int Clicked, int Dismissed, int LinkClicks);
