using Pushbell.Dispatch.Storage;

namespace Pushbell.Dispatch.Notifications;

/// <summary>A caller's promise that requests with the same key are the same request.</summary>
/// <param name="Key">1 to 255 characters, of the organization's choice.</param>
/// <param name="BodyHash">Of path and body: the same key with another body is refused.</param>
public sealed record IdempotencyKey(string Key, string BodyHash);

/// <summary>What a key was first used for.</summary>
/// <param name="NotificationId">The send that it accepted.</param>
/// <param name="Answer">The answer that was given; null when the process died before it could be kept.</param>
internal sealed record FirstUse(long NotificationId, ReadOnlyMemory<byte>? Answer);

/// <summary>
/// One send per idempotency key within 24 hours. The key is stored by the transaction that accepts the send, so the two cannot come
/// apart; the answer is kept once it is known.
/// </summary>
public sealed class Idempotency(Database database, TimeProvider clock)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    /// <summary>Keeps the answer for whoever asks again.</summary>
    public Task RememberAsync(long organization, IdempotencyKey key, byte[] answer, CancellationToken cancellationToken) =>
        database.WriteAsync(
            session =>
                session.ExecuteAsync(
                    "UPDATE idempotency SET answer = @answer WHERE organization_id = @organization AND key = @Key AND answer IS NULL",
                    new { organization, key.Key, answer }
                ),
            cancellationToken
        );

    /// <returns>Null when the key is new; a failure when it was used with another body.</returns>
    internal async Task<Result<FirstUse>?> FindAsync(Session session, long organization, IdempotencyKey key)
    {
        await session.ExecuteAsync(
            "DELETE FROM idempotency WHERE organization_id = @organization AND created_at <= @expired",
            new { organization, expired = (clock.GetUtcNow() - Lifetime).ToUnixTimeMilliseconds() }
        );
        var row = await session.FirstAsync<Row>(
            "SELECT body_hash, notification_id, answer FROM idempotency WHERE organization_id = @organization AND key = @Key",
            new { organization, key.Key }
        );
        if (row is null)
        {
            return null;
        }

        // The type is spelt out: left to itself, the compiler turns an array that is null into a memory that is empty.
        return row.BodyHash == key.BodyHash
            ? new FirstUse(row.NotificationId, row.Answer is null ? default(ReadOnlyMemory<byte>?) : row.Answer)
            : new Failure.KeyReused("This Idempotency-Key was used before with a different request; use a new key for a new request.");
    }

    internal Task AddAsync(Session session, long organization, IdempotencyKey key, long notification) =>
        session.ExecuteAsync(
            """
            INSERT INTO idempotency (organization_id, key, body_hash, notification_id, created_at)
            VALUES (@organization, @Key, @BodyHash, @notification, @now)
            """,
            new
            {
                organization,
                key.Key,
                key.BodyHash,
                notification,
                now = clock.GetUtcNow().ToUnixTimeMilliseconds(),
            }
        );

    private sealed record Row
    {
        public string BodyHash { get; init; } = "";

        public long NotificationId { get; init; }

        public byte[]? Answer { get; init; }
    }
}
