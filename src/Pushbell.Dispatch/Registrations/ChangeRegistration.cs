using Pushbell.Dispatch.Organizations;
using Pushbell.Dispatch.Storage;
using Pushbell.WebPush;

namespace Pushbell.Dispatch.Registrations;

/// <summary>What a page changes of its own registration; null leaves it as it is.</summary>
public sealed record RegistrationChange
{
    /// <summary>Replaces endpoint and keys, and makes an expired or inactive registration active again.</summary>
    public PushSubscription? Subscription { get; init; }

    /// <summary>The applicationServerKey that the subscription was made with.</summary>
    public string? VapidPublicKey { get; init; }

    /// <summary>Whose it is from now on, in place of whom it was: naming neither email nor user id makes it nobody's.</summary>
    public Identity? Identity { get; init; }

    /// <summary>Proves whose it is, where the service asks pages for that.</summary>
    public string? IdentityToken { get; init; }

    public string? DeviceInfo { get; init; }

    public bool? IsInstalled { get; init; }

    public string? Language { get; init; }

    public string? TimeZone { get; init; }
}

/// <summary>Lets the holder of a registration's token change it. A refusal changes nothing.</summary>
public sealed class ChangeRegistration(
    Database database,
    EndpointPolicy policy,
    Identification identification,
    SubscriberEmails emails,
    TimeProvider clock
)
{
    /// <returns>Null when changed.</returns>
    public async Task<Failure?> RunAsync(RegistrationHolder holder, RegistrationChange change, CancellationToken cancellationToken)
    {
        if (change.Subscription is { } subscription && policy.Refusal(subscription) is { } refusal)
        {
            return new Failure.InvalidRequest(refusal);
        }

        if (change.Identity is not null || change.IdentityToken is not null)
        {
            var named = change.Identity ?? new Identity(Email: null, UserId: null);
            var proof = await identification.ProveAsync(holder.Caller, named, change.IdentityToken, cancellationToken);
            if (!proof.TryGet(out var identity, out var failure))
            {
                return failure;
            }

            // A token alone says nothing where the service does not look at tokens.
            var saysNothing = change.Identity is null && identity is { Email: null, UserId: null };
            change = change with { Identity = saysNothing ? null : identity };
        }

        return await database.WriteAsync(
            session => StoreAsync(session, holder, change),
            keep: static failure => failure is null,
            cancellationToken
        );
    }

    private async Task<Failure?> StoreAsync(Session session, RegistrationHolder holder, RegistrationChange change)
    {
        var caller = holder.Caller;
        if (await StoredSubscription.FindAsync(session, holder) is not { } stored)
        {
            return new Failure.Unauthorized("This registration has a newer registration_token.");
        }

        var isSame = change.Subscription is null || stored.Is(change.Subscription);
        if (!isSame && await StoredSubscription.FindAsync(session, caller, change.Subscription!.Endpoint) is { } owner && owner.Id != stored.Id)
        {
            return new Failure.Forbidden("subscription.endpoint belongs to another registration.");
        }

        var choice = await KeyAsync(session, caller, stored, change, isSame);
        if (!choice.TryGet(out var vapidKey, out var badKey))
        {
            return badKey;
        }

        // Deregistered stays deregistered: it was the organization's or the person's will, which a worker that renews itself must not undo.
        var revived = !(isSame && vapidKey == stored.VapidKeyId) && stored.Status is (int)RegistrationStatus.Inactive or (int)RegistrationStatus.Expired;
        var (emailHash, userId) = change.Identity is { } person ? (HashOf(caller, person.Email), person.UserId) : (stored.EmailHash, stored.UserId);
        if (
            (revived || (stored.IsActive && change.Identity is not null))
            && await DeviceLimit.CheckAsync(session, caller, stored.Id, emailHash, userId) is { } full
        )
        {
            return full;
        }

        await session.ExecuteAsync(Update(change, revived), Values(holder, change, vapidKey, emailHash));
        await (
            revived ? ActiveCount.AddAsync(session, caller.OrganizationId, caller.ServiceId, 1)
            : vapidKey != stored.VapidKeyId ? VapidRetirement.RunAsync(session, caller.OrganizationId, caller.ServiceId)
            : Task.CompletedTask
        );
        return null;
    }

    private static async Task<Result<long>> KeyAsync(
        Session session,
        Caller caller,
        StoredSubscription stored,
        RegistrationChange change,
        bool isSame
    ) =>
        change.Subscription is null && change.VapidPublicKey is null
            ? stored.VapidKeyId
            : await VapidKeyChoice.ResolveAsync(session, caller, change.VapidPublicKey, isSame ? stored.VapidKeyId : null);

    private static string Update(RegistrationChange change, bool revived) =>
        $"""
        UPDATE registration SET vapid_key_id = @vapidKey, device_info = coalesce(@DeviceInfo, device_info),
            is_installed = coalesce(@isInstalled, is_installed), language = coalesce(@Language, language),
            time_zone = coalesce(@TimeZone, time_zone), last_active_at = @now
            {(change.Subscription is null ? "" : ", endpoint = @endpoint, endpoint_hash = @endpointHash, p256dh = @p256dh, auth = @auth")}
            {(change.Identity is null ? "" : ", email_hash = @emailHash, sealed_email = @sealedEmail, user_id = @userId")}
            {(revived ? ", status = 0, status_reason = NULL, refusals = 0, refused_since = NULL" : "")}
        WHERE organization_id = @OrganizationId AND service_id = @ServiceId AND id = @RegistrationId
        """;

    private object Values(RegistrationHolder holder, RegistrationChange change, long vapidKey, string? emailHash)
    {
        var (organization, subscription) = (holder.Caller.OrganizationId, change.Subscription);
        return new
        {
            holder.Caller.OrganizationId,
            holder.Caller.ServiceId,
            holder.RegistrationId,
            vapidKey,
            change.DeviceInfo,
            isInstalled = change.IsInstalled is { } installed ? (installed ? 1 : 0) : (int?)null,
            change.Language,
            change.TimeZone,
            endpoint = subscription?.Endpoint.AbsoluteUri,
            endpointHash = subscription is null ? null : StoredSubscription.HashOf(subscription.Endpoint),
            p256dh = subscription?.P256dh.ToArray(),
            auth = subscription?.Auth.ToArray(),
            emailHash,
            sealedEmail = change.Identity?.Email is { } email ? emails.Seal(organization, holder.RegistrationId, email) : null,
            userId = change.Identity?.UserId,
            now = clock.GetUtcNow().ToUnixTimeMilliseconds(),
        };
    }

    private string? HashOf(Caller caller, string? email) => email is null ? null : emails.Hash(caller.OrganizationId, email);
}
