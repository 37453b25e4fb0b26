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

    /// <summary>The applicationServerKey that the subscription was made with; null: the current one, or that of the same subscription before.</summary>
    public string? VapidPublicKey { get; init; }

    /// <summary>The token of the registration that has the endpoint now, where the page still has it.</summary>
    public string? Token { get; init; }

    public string? DeviceInfo { get; init; }

    public bool IsInstalled { get; init; }

    public string? Language { get; init; }

    public string? TimeZone { get; init; }
}

/// <summary>The registration and the token that lets its holder change or remove it; the token is shown once.</summary>
public sealed record Registered(long RegistrationId, string Token);

/// <summary>
/// Registers a browser. An endpoint has one owner: the same one again is rebound to the new person. A page must prove that it is at the
/// browser that the endpoint belongs to, by the subscription's own keys or by the registration's token; a backend is believed.
/// </summary>
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
        return await database.WriteAsync(session => StoreAsync(session, proved), keep: static result => result.Failure is null, cancellationToken);
    }

    private async Task<Result<Registered>> StoreAsync(Session session, NewRegistration registration)
    {
        var (caller, subscription) = (registration.Caller, registration.Subscription);
        var found = await StoredSubscription.FindAsync(session, caller, subscription.Endpoint);
        var isSame = found?.Is(subscription) == true;
        if (found is not null && !isSame && caller.Kind == KeyKind.Publishable && !found.IsHeldBy(registration.Token))
        {
            return new Failure.Forbidden("subscription.endpoint belongs to another registration; its own registration_token is needed to replace its keys.");
        }

        var choice = await VapidKeyChoice.ResolveAsync(session, caller, registration.VapidPublicKey, isSame ? found!.VapidKeyId : null);
        if (!choice.TryGet(out var vapidKey, out var badKey))
        {
            return badKey;
        }

        var id = found?.Id ?? ids.Next();
        var emailHash = registration.Email is { } email ? emails.Hash(caller.OrganizationId, email) : null;
        if (await DeviceLimit.CheckAsync(session, caller, id, emailHash, registration.UserId) is { } full)
        {
            return full;
        }

        var token = RegistrationToken.Create(caller.OrganizationId, caller.ServiceId);
        await session.ExecuteAsync(found is null ? Insert : Update, Values(registration, id, vapidKey, emailHash, token));
        if (found is not { IsActive: true })
        {
            await ActiveCount.AddAsync(session, caller.OrganizationId, caller.ServiceId, 1);
        }
        else if (found.VapidKeyId != vapidKey)
        {
            await VapidRetirement.RunAsync(session, caller.OrganizationId, caller.ServiceId);
        }

        return new Registered(id, token);
    }

    private object Values(NewRegistration registration, long id, long vapidKey, string? emailHash, string token)
    {
        var (caller, subscription) = (registration.Caller, registration.Subscription);
        return new
        {
            organization = caller.OrganizationId,
            service = caller.ServiceId,
            id,
            endpoint = subscription.Endpoint.AbsoluteUri,
            endpointHash = StoredSubscription.HashOf(subscription.Endpoint),
            p256dh = subscription.P256dh.ToArray(),
            auth = subscription.Auth.ToArray(),
            vapidKey,
            emailHash,
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

    private const string Insert = """
        INSERT INTO registration (organization_id, service_id, id, status, endpoint, endpoint_hash, p256dh, auth, vapid_key_id, email_hash,
            sealed_email, user_id, device_info, is_installed, language, time_zone, token_hash, last_active_at, created_at)
        VALUES (@organization, @service, @id, 0, @endpoint, @endpointHash, @p256dh, @auth, @vapidKey, @emailHash,
            @sealedEmail, @UserId, @DeviceInfo, @isInstalled, @Language, @TimeZone, @tokenHash, @now, @now)
        """;

    private const string Update = """
        UPDATE registration SET status = 0, status_reason = NULL, p256dh = @p256dh, auth = @auth, vapid_key_id = @vapidKey,
            email_hash = @emailHash, sealed_email = @sealedEmail, user_id = @UserId, device_info = coalesce(@DeviceInfo, device_info),
            is_installed = @isInstalled, language = coalesce(@Language, language), time_zone = coalesce(@TimeZone, time_zone),
            token_hash = @tokenHash, refusals = 0, refused_since = NULL, last_active_at = @now
        WHERE organization_id = @organization AND service_id = @service AND id = @id
        """;
}
