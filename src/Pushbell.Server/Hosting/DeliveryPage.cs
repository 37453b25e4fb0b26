using System.Globalization;
using Pushbell.Dispatch;
using Pushbell.Dispatch.Notifications;

namespace Pushbell.Server.Hosting;

/// <summary>Which deliveries of a notification are asked for.</summary>
/// <param name="Only">Those that ended so; null is all.</param>
/// <param name="After">Where the page before ended.</param>
/// <param name="Limit">How many.</param>
internal sealed record DeliveryPage(DeliveryEnd? Only, DeliveryCursor? After, int Limit)
{
    /// <summary>What a query string asks for: <c>outcome</c>, <c>limit</c>, <c>after</c>.</summary>
    public static Result<DeliveryPage> Of(IQueryCollection query)
    {
        if (!Paging.LimitOf(query).TryGet(out var limit, out var badLimit))
        {
            return badLimit;
        }

        DeliveryEnd? only = null;
        if (query["outcome"].ToString() is { Length: > 0 } outcome && (only = StatusNames.Find<DeliveryEnd>(outcome)) is null)
        {
            return new Failure.InvalidRequest($"outcome must be one of {StatusNames.All<DeliveryEnd>()}.");
        }

        DeliveryCursor? after = null;
        if (query["after"].ToString() is { Length: > 0 } cursor && (after = Parse(cursor)) is null)
        {
            return new Failure.InvalidRequest("after must be the next of the page before.");
        }

        return new DeliveryPage(only, after, limit);
    }

    /// <summary>What goes into <c>after</c> for the page behind.</summary>
    public static string TextOf(DeliveryCursor cursor) => $"{cursor.Batch}-{cursor.Position}";

    private static DeliveryCursor? Parse(string text) =>
        text.Split('-') is [var batch, var position] && Number(batch) is { } number && Number(position) is { } at
            ? new DeliveryCursor(number, at)
            : null;

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
