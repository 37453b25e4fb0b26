using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using Pushbell.Dispatch.Organizations;
using Pushbell.Dispatch.Sealing;
using Pushbell.Dispatch.Storage;

namespace Pushbell.Dispatch.Notifications;

/// <summary>
/// Addresses of this server that lead on to where a notification leads, and count. <c>/c/</c> and base64url of organization (8 bytes),
/// notification (8) and an HMAC over both (16). The target stays in the database: a link can lead nowhere that a sender did not name.
/// </summary>
/// <param name="database">Holds the targets.</param>
/// <param name="master">The links' key is derived from it.</param>
/// <param name="publicUrl">The origin under which browsers reach this server; null: there are no links.</param>
public sealed class ClickLinks(Database database, MasterKey master, string? publicUrl)
{
    public const string Path = "/c/";
    private const int IdsLength = 2 * sizeof(long), MacLength = 16, Length = IdsLength + MacLength;
    private readonly byte[] key = master.Derive("click-link");

    /// <returns>Null when the service has no click links, or the target is not one to lead to.</returns>
    public string? Create(Caller caller, long notification, string? target)
    {
        if (!caller.ClickLinks || string.IsNullOrEmpty(publicUrl) || !IsSafe(target))
        {
            return null;
        }

        Span<byte> bytes = stackalloc byte[Length];
        BinaryPrimitives.WriteInt64BigEndian(bytes, caller.OrganizationId);
        BinaryPrimitives.WriteInt64BigEndian(bytes[sizeof(long)..], notification);
        Sign(bytes[..IdsLength], bytes[IdsLength..]);
        return publicUrl + Path + Base64Url.EncodeToString(bytes);
    }

    /// <param name="token">What stands behind <see cref="Path"/>.</param>
    /// <param name="count">Whether this is a click.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Where it leads; null when it is no link of ours.</returns>
    public async Task<string?> FollowAsync(string token, bool count, CancellationToken cancellationToken)
    {
        if (!TryRead(token, out var organization, out var notification))
        {
            return null;
        }

        var values = new { organization, notification };
        var target = await database.ReadAsync(
            session =>
                session.FirstAsync<string>("SELECT link_target FROM notification WHERE organization_id = @organization AND id = @notification", values),
            cancellationToken
        );
        if (target is null || !count)
        {
            return target;
        }

        try
        {
            await database.WriteAsync(
                session =>
                    session.ExecuteAsync(
                        "UPDATE notification SET link_clicks = link_clicks + 1 WHERE organization_id = @organization AND id = @notification",
                        values
                    ),
                cancellationToken
            );
        }
        catch (StorageOutageException)
        {
            // The person wants to get there; a click that is not counted is the smaller harm.
        }

        return target;
    }

    private bool TryRead(string token, out long organization, out long notification)
    {
        organization = notification = 0;
        Span<byte> bytes = stackalloc byte[Length];
        Span<byte> mac = stackalloc byte[MacLength];
        if (
            token.Length != Base64Url.GetEncodedLength(Length)
            || !Base64Url.IsValid(token, out var length)
            || length != Length
            || !Base64Url.TryDecodeFromChars(token, bytes, out _)
        )
        {
            return false;
        }

        Sign(bytes[..IdsLength], mac);
        organization = BinaryPrimitives.ReadInt64BigEndian(bytes);
        notification = BinaryPrimitives.ReadInt64BigEndian(bytes[sizeof(long)..]);
        return CryptographicOperations.FixedTimeEquals(mac, bytes[IdsLength..]);
    }

    private void Sign(ReadOnlySpan<byte> ids, Span<byte> mac)
    {
        Span<byte> full = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, ids, full);
        full[..MacLength].CopyTo(mac);
    }

    /// <summary>https, or this very machine.</summary>
    private static bool IsSafe(string? target) =>
        Uri.TryCreate(target, UriKind.Absolute, out var url)
        && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback));
}
