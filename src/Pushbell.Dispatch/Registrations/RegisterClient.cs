using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Pushbell.Dispatch.Organizations;
using Pushbell.Dispatch.Storage;
using Pushbell.WebPush;

namespace Pushbell.Dispatch.Registrations;

/// <summary>A browser to be registered, its subscription already validated.</summary>
public sealed record NewRegistration(Caller Caller, PushSubscription Subscription)
{
    /// <summary>Normalized.</summary>
    public string? Email { get; init; }

    /// <summary>The email may be shown again, so a sealed copy is kept (/v2); otherwise its hash only (/v1).</summary>
    public bool KeepEmail { get; init; }

    public string? UserId { get; init; }

    /// <summary>Proves whom it is for, where the service asks pages for that.</summary>
    public string? IdentityToken { get; init; }

    public string? DeviceInfo { get; init; }

    public bool IsInstalled { get; init; }

    public string? Language { get; init; }

    public string? TimeZone { get; init; }
}

/// <summary>The registration and the token that lets its holder change or remove it; the token is shown once.</summary>
public sealed record Registered(long RegistrationId, string Token);

/// <summary>Registers a browser. An endpoint has one owner: the same one again is rebound to the new person, its keys replaced.</summary>
public sealed class RegisterClient(
    Database database,
    EndpointPolicy policy,
    Identification identification,
    SubscriberEmails emails,
    IdGenerator ids,
    TimeProvider clock
)
{
    public async Task<Result<Registered>> RunAsync(NewRegistration registration, CancellationToken cancellationToken)
    {
        if (policy.Refusal(registration.Subscription) is { } refusal)
        {
            return new Failure.InvalidRequest(refusal);
        }

        var named = new Identity(registration.Email, registration.UserId);
        var proof = await identification.ProveAsync(registration.Caller, named, registration.IdentityToken, cancellationToken);
        if (!proof.TryGet(out var identity, out var failure))
        {
            return failure;
        }

        var proved = registration with { Email = identity.Email, UserId = identity.UserId };
        return await database.WriteAsync(session => StoreAsync(session, proved), cancellationToken);
    }

    private async Task<Registered> StoreAsync(Session session, NewRegistration registration)
    {
        var (organization, service) = (registration.Caller.OrganizationId, registration.Caller.ServiceId);
        var endpointHash = HashOf(registration.Subscription.Endpoint);
        var found = await session.FirstAsync<Existing>(
            """
            SELECT id, status FROM registration
            WHERE organization_id = @organization AND service_id = @service AND endpoint_hash = @endpointHash
            """,
            new { organization, service, endpointHash }
        );
        var id = found?.Id ?? ids.Next();
        var token = RegistrationToken.Create(organization, service);
        await session.ExecuteAsync(found is null ? Insert : Update, Values(registration, id, endpointHash, token));
        if (found is not { Status: (int)RegistrationStatus.Active })
        {
            await ActiveCount.AddAsync(session, organization, service, 1);
        }

        return new Registered(id, token);
    }

    private object Values(NewRegistration registration, long id, string endpointHash, string token)
    {
        var (caller, subscription) = (registration.Caller, registration.Subscription);
        return new
        {
            organization = caller.OrganizationId,
            service = caller.ServiceId,
            id,
            endpoint = subscription.Endpoint.AbsoluteUri,
            endpointHash,
            p256dh = subscription.P256dh.ToArray(),
            auth = subscription.Auth.ToArray(),
            emailHash = registration.Email is { } email ? emails.Hash(caller.OrganizationId, email) : null,
            sealedEmail = registration is { KeepEmail: true, Email: { } kept } ? emails.Seal(caller.OrganizationId, id, kept) : null,
            registration.UserId,
            registration.DeviceInfo,
            isInstalled = registration.IsInstalled ? 1 : 0,
            registration.Language,
            registration.TimeZone,
            tokenHash = RegistrationToken.Hash(token),
            now = clock.GetUtcNow().ToUnixTimeMilliseconds(),
        };
    }

    private static string HashOf(Uri endpoint) => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(endpoint.AbsoluteUri)));

    private const string CurrentVapidKey = """
        (SELECT id FROM vapid_key WHERE organization_id = @organization AND service_id = @service AND is_current = 1)
        """;

    private const string Insert = $"""
        INSERT INTO registration (organization_id, service_id, id, status, endpoint, endpoint_hash, p256dh, auth, vapid_key_id, email_hash,
            sealed_email, user_id, device_info, is_installed, language, time_zone, token_hash, last_active_at, created_at)
        VALUES (@organization, @service, @id, 0, @endpoint, @endpointHash, @p256dh, @auth, {CurrentVapidKey}, @emailHash,
            @sealedEmail, @UserId, @DeviceInfo, @isInstalled, @Language, @TimeZone, @tokenHash, @now, @now)
        """;

    private const string Update = $"""
        UPDATE registration SET status = 0, status_reason = NULL, p256dh = @p256dh, auth = @auth, vapid_key_id = {CurrentVapidKey},
            email_hash = @emailHash, sealed_email = @sealedEmail, user_id = @UserId, device_info = coalesce(@DeviceInfo, device_info),
            is_installed = @isInstalled, language = coalesce(@Language, language), time_zone = coalesce(@TimeZone, time_zone),
            token_hash = @tokenHash, refusals = 0, refused_since = NULL, last_active_at = @now
        WHERE organization_id = @organization AND service_id = @service AND id = @id
        """;

    private sealed record Existing
    {
        public long Id { get; init; }

        public int Status { get; init; }
    }
}
