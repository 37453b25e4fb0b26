using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Pushbell.Dispatch.Organizations;
using Pushbell.Dispatch.Storage;
using Pushbell.WebPush;

namespace Pushbell.Dispatch.Registrations;

/// <summary>A registration as whoever wants to change it must know it, read within the transaction that changes it.</summary>
internal sealed record StoredSubscription
{
    private const string Select = """
        SELECT id, status, endpoint_hash, p256dh, auth, vapid_key_id, token_hash, email_hash, user_id FROM registration
        WHERE organization_id = @OrganizationId AND service_id = @ServiceId
        """;

    public long Id { get; init; }

    public int Status { get; init; }

    public string EndpointHash { get; init; } = "";

    public byte[] P256dh { get; init; } = [];

    public byte[] Auth { get; init; } = [];

    public long VapidKeyId { get; init; }

    public string? TokenHash { get; init; }

    public string? EmailHash { get; init; }

    public string? UserId { get; init; }

    public bool IsActive => Status == (int)RegistrationStatus.Active;

    public static Task<StoredSubscription?> FindAsync(Session session, Caller caller, Uri endpoint) =>
        session.FirstAsync<StoredSubscription>(
            $"{Select} AND endpoint_hash = @endpointHash {session.Dialect.ForUpdate}",
            new
            {
                caller.OrganizationId,
                caller.ServiceId,
                endpointHash = HashOf(endpoint),
            }
        );

    /// <returns>Null when a newer token has been given out since.</returns>
    public static Task<StoredSubscription?> FindAsync(Session session, RegistrationHolder holder) =>
        session.FirstAsync<StoredSubscription>(
            $"{Select} AND id = @RegistrationId AND token_hash = @TokenHash {session.Dialect.ForUpdate}",
            new
            {
                holder.Caller.OrganizationId,
                holder.Caller.ServiceId,
                holder.RegistrationId,
                holder.TokenHash,
            }
        );

    /// <summary>What an endpoint is found by: endpoints are long, and of any length.</summary>
    public static string HashOf(Uri endpoint) => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(endpoint.AbsoluteUri)));

    /// <summary>
    /// The very same subscription. Its keys are known to its browser and to us alone, so that who brings them is at that browser.
    /// </summary>
    public bool Is(PushSubscription subscription) =>
        EndpointHash == HashOf(subscription.Endpoint)
        & CryptographicOperations.FixedTimeEquals(P256dh, subscription.P256dh.Span)
        & CryptographicOperations.FixedTimeEquals(Auth, subscription.Auth.Span);

    public bool IsHeldBy(string? token) => token is not null && TokenHash is not null && RegistrationToken.Hash(token) == TokenHash;
}
