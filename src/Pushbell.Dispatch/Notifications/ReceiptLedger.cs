using Pushbell.Dispatch.Storage;

namespace Pushbell.Dispatch.Notifications;

/// <summary>The receipts of one notification within one transaction: a byte of flags per recipient, beside the outcomes in its batches.</summary>
internal sealed class ReceiptLedger(Session session, long organization, long service, long notification)
{
    private readonly List<Page> pages = [];
    private int shown, clicked, dismissed;

    /// <summary>Takes the notification's row first, so that no two transactions read the same byte and both write it.</summary>
    /// <returns>False when the service has no such notification.</returns>
    public async Task<bool> LockAsync() =>
        await session.ExecuteAsync(
            "UPDATE notification SET shown = shown WHERE organization_id = @organization AND service_id = @service AND id = @notification",
            new { organization, service, notification }
        ) > 0;

    /// <returns>Whether it is new, and of a recipient.</returns>
    public async Task<bool> AddAsync(long registration, ReceiptEvents happened)
    {
        if (await PageOfAsync(registration) is not { } page || !page.TryAdd(registration, happened))
        {
            return false;
        }

        shown += happened == ReceiptEvents.Shown ? 1 : 0;
        clicked += happened == ReceiptEvents.Clicked ? 1 : 0;
        dismissed += happened == ReceiptEvents.Dismissed ? 1 : 0;
        return true;
    }

    public async Task SaveAsync()
    {
        foreach (var page in pages.Where(page => page.HasChanged))
        {
            await session.ExecuteAsync(
                """
                UPDATE batch SET receipts = @Flags WHERE organization_id = @organization AND notification_id = @notification AND id = @Id
                """,
                new
                {
                    organization,
                    notification,
                    page.Id,
                    page.Flags,
                }
            );
        }

        await session.ExecuteAsync(
            """
            UPDATE notification SET shown = shown + @shown, clicked = clicked + @clicked, dismissed = dismissed + @dismissed
            WHERE organization_id = @organization AND id = @notification
            """,
            new
            {
                organization,
                notification,
                shown,
                clicked,
                dismissed,
            }
        );
    }

    /// <summary>Batches hold ascending ids and do not overlap: a recipient is in the last one that does not begin after it, or in none.</summary>
    private async Task<Page?> PageOfAsync(long registration)
    {
        if (pages.Find(page => page.Spans(registration)) is { } open)
        {
            return open;
        }

        var row = await session.FirstAsync<Row>(
            """
            SELECT id, recipients, outcomes, receipts FROM batch
            WHERE organization_id = @organization AND notification_id = @notification AND first_recipient <= @registration
            ORDER BY first_recipient DESC LIMIT 1
            """,
            new { organization, notification, registration }
        );
        if (row is null)
        {
            return null;
        }

        var page = new Page(row.Id, RecipientList.Decode(row.Recipients), row.Outcomes, row.Receipts);
        pages.Add(page);
        return page;
    }

    private sealed class Page(int id, long[] recipients, byte[] outcomes, byte[]? receipts)
    {
        public int Id => id;

        public byte[] Flags { get; } = receipts ?? new byte[recipients.Length];

        public bool HasChanged { get; private set; }

        public bool Spans(long registration) => registration >= recipients[0] && registration <= recipients[^1];

        public bool TryAdd(long registration, ReceiptEvents happened)
        {
            var at = Array.BinarySearch(recipients, registration);
            // A pending one may be shown already: the report can be faster than our own settlement.
            if (at < 0 || DeliveryState.Of(outcomes[at]).End == DeliveryEnd.Cancelled || (Flags[at] & (byte)happened) != 0)
            {
                return false;
            }

            Flags[at] |= (byte)happened;
            HasChanged = true;
            return true;
        }
    }

    private sealed record Row
    {
        public int Id { get; init; }

        public byte[] Recipients { get; init; } = [];

        public byte[] Outcomes { get; init; } = [];

        public byte[]? Receipts { get; init; }
    }
}
