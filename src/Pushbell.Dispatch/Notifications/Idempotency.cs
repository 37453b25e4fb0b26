using Pushbell.Dispatch.Organizations;
using Pushbell.Dispatch.Storage;

namespace Pushbell.Dispatch.Notifications;

/// <summary>A caller's promise that requests with the same key are the same request.</summary>
/// <param name="Key">1 to 255 characters, of the caller's choice; each service has its own.</param>
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
    private const string Which = "organization_id = @OrganizationId AND service_id = @ServiceId AND key = @Key";
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    /// <summary>Keeps the answer for whoever asks again; unless the key has lapsed meanwhile and stands for another send.</summary>
    public Task RememberAsync(Caller caller, IdempotencyKey key, long notification, byte[] answer, CancellationToken cancellationToken) =>
        database.WriteAsync(
            session =>
                session.ExecuteAsync(
                    $"UPDATE idempotency SET answer = @answer WHERE {Which} AND notification_id = @notification AND answer IS NULL",
                    new
                    {
                        caller.OrganizationId,
                        caller.ServiceId,
                        key.Key,
                        notification,
                        answer,
                    }
                ),
            cancellationToken
        );

    /// <summary>Takes the key for a send that is being accepted; whoever else brings it waits until that is through.</summary>
    /// <returns>Null when the key was new; a failure when it was used with another body.</returns>
    internal async Task<Result<FirstUse>?> TakeAsync(Session session, Caller caller, IdempotencyKey key, long notification)
    {
        var now = clock.GetUtcNow();
        var values = new
        {
            caller.OrganizationId,
            caller.ServiceId,
            key.Key,
            key.BodyHash,
            notification,
            now = now.ToUnixTimeMilliseconds(),
            expired = (now - Lifetime).ToUnixTimeMilliseconds(),
        };
        await session.ExecuteAsync("DELETE FROM idempotency WHERE organization_id = @OrganizationId AND created_at <= @expired", values);
        var isNew = await session.ExecuteAsync(
            """
            INSERT INTO idempotency (organization_id, service_id, key, body_hash, notification_id, created_at)
            VALUES (@OrganizationId, @ServiceId, @Key, @BodyHash, @notification, @now)
            ON CONFLICT (organization_id, service_id, key) DO NOTHING
            """,
            values
        );
        if (isNew == 1)
        {
            return null;
        }

        var row = await session.FirstAsync<Row>($"SELECT body_hash, notification_id, answer FROM idempotency WHERE {Which}", values);
        // The type is spelt out: left to itself, the compiler turns an array that is null into a memory that is empty.
        return row!.BodyHash == key.BodyHash
            ? new FirstUse(row.NotificationId, row.Answer is null ? default(ReadOnlyMemory<byte>?) : row.Answer)
            : new Failure.KeyReused("This Idempotency-Key was used before with a different request; use a new key for a new request.");
    }

    private sealed record Row
    {
        public string BodyHash { get; init; } = "";

        public long NotificationId { get; init; }

        public byte[]? Answer { get; init; }
    }
}
