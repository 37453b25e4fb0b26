using System.ComponentModel.DataAnnotations;
using Pushbell.Dispatch;
using Pushbell.Dispatch.Notifications;

namespace Pushbell.Server.V2;

/// <summary>What a service worker reports, also of what happened while it was offline.</summary>
internal sealed record ReceiptsBody
{
    private const int Most = 100;

    /// <summary>Each notification and event once; repetitions are not counted again.</summary>
    [Required]
    [MinLength(1)]
    [MaxLength(Most)]
    public IReadOnlyList<ReceiptBody>? Receipts { get; init; }

    /// <returns>Those that can be ours: an id of another shape is none that was ever sent.</returns>
    public Result<List<Receipt>> Parse()
    {
        if (Receipts is not { Count: > 0 and <= Most })
        {
            return new Failure.InvalidRequest($"receipts must hold 1 to {Most} receipts.");
        }

        List<Receipt> parsed = [];
        foreach (var (at, receipt) in Receipts.Index())
        {
            if (receipt?.NotificationId is null || EventOf(receipt.Event) is not { } happened)
            {
                return new Failure.InvalidRequest($"receipts[{at}] must have a notification_id, and an event that is shown, clicked or dismissed.");
            }

            if (PublicId.TryNotification(receipt.NotificationId, out var id))
            {
                parsed.Add(new Receipt(id, happened));
            }
        }

        return parsed;
    }

    private static ReceiptEvents? EventOf(string? text) =>
        text switch
        {
            "shown" => ReceiptEvents.Shown,
            "clicked" => ReceiptEvents.Clicked,
            "dismissed" => ReceiptEvents.Dismissed,
            _ => null,
        };
}

/// <summary>What became of one notification on the screen.</summary>
internal sealed record ReceiptBody
{
    /// <summary>As the payload names it, <c>req_…</c>.</summary>
    [Required]
    public string? NotificationId { get; init; }

    /// <summary>What happened.</summary>
    [Required]
    [AllowedValues("shown", "clicked", "dismissed")]
    public string? Event { get; init; }

    /// <summary>Which of its buttons was pressed, if one was.</summary>
    public string? Action { get; init; }
}

/// <summary>What came of the receipts.</summary>
/// <param name="Counted">How many were new: of a notification that was sent to this registration, and not reported before.</param>
internal sealed record ReceiptsAnswer(int Counted);
