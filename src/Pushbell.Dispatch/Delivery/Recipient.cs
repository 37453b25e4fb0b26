using Pushbell.Dispatch.Registrations;
using Pushbell.Dispatch.Storage;
using Pushbell.WebPush;

namespace Pushbell.Dispatch.Delivery;

/// <summary>A registration as delivery needs it.</summary>
internal sealed record Recipient
{
    public long Id { get; init; }

    public int Status { get; init; }

    public string Endpoint { get; init; } = "";

    public byte[] P256dh { get; init; } = [];

    public byte[] Auth { get; init; } = [];

    public long VapidKeyId { get; init; }

    public bool IsActive => Status == (int)RegistrationStatus.Active;

    public PushSubscription Subscription => field ??= PushSubscription.FromValidated(new Uri(Endpoint), P256dh, Auth);

    /// <summary>The push service.</summary>
    public string Origin => Subscription.Origin;

    /// <summary>The batch's pending recipients as they are now; some may have ended since the batch was made.</summary>
    public static async Task<Dictionary<long, Recipient>> LoadAsync(Session session, BatchWork work)
    {
        var rows = await session.ListAsync<Recipient>(
            $"""
            SELECT id, status, endpoint, p256dh, auth, vapid_key_id FROM registration
            WHERE organization_id = @OrganizationId AND service_id = @ServiceId AND {session.Dialect.In("id", "@ids")}
            """,
            new { work.Key.OrganizationId, work.ServiceId, ids = session.Dialect.List([.. work.Pending.Select(at => work.Recipients[at])]) }
        );
        return rows.ToDictionary(row => row.Id);
    }
}
