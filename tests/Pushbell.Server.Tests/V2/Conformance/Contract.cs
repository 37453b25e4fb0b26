namespace Pushbell.Server.Tests.V2.Conformance;

/// <summary>Sentences of the product's contract where the page leaves room.</summary>
internal static class Contract
{
    public const string ExactlyOneTarget = "Targeting: exactly one of the four; none, two, or an empty list → 400.";
    public const string NobodyIsNoError = "Ids and emails that nobody has are not an error";
    public const string UnknownIdsComeBack = "unknown registration ids come back in `invalid_registrations`";
    public const string ZeroIsCompleted = "zero is a 200, `completed`";
    public const string EveryRegistration = "A person targeted by email or user id is reached on every active registration.";
    public const string EmailsCompare = "Emails compare case-insensitively, trimmed.";
    public const string Characters = "title ≤ 100 and body ≤ 255 **characters** (Unicode scalar values)";
    public const string TtlRange = "ttl 0…2,419,200";
    public const string IdsPerList = "≤ 10,000 ids per list";
    public const string BodySize = "body ≤ 64 KiB … ids lists may need more, up to 1 MiB";
    public const string OneRecord = "the encrypted payload must fit one 4,096-byte record, else 400 naming the excess";
    public const string UnknownFields = "Unknown fields are ignored.";
    public const string FalseIsNoTargeting = "`target_all: false` beside a list is no second targeting";
    public const string OneDelivery = "a registration named twice gets one delivery";
    public const string BadFilter = "`limit` > 1,000 or an unknown `status` → 400.";
    public const string GetRequest =
        "`GET /v2/push/requests/{request_id}`: the fields of the send answer (`status`: queued, scheduled, processing, completed, cancelled) and "
        + "`pending`, `outcomes {accepted, gone, rejected, expired, cancelled}`, `created_at`, `completed_at`.";

    public const string AsyncQueued = "`async_mode: true` → 200 `queued` at once (yes, 200).";

    public const string OtherStatuses = "405, 409, 413, 415, 422 carry INVALID_REQUEST";
    public const string SameFormEverywhere = "Even 404 for an unknown route, 405, 413, 415 and a crash speak this form under /v2.";
    public const string WrongKind = "a known key of the wrong kind";
    public const string SecretKeyWithOrigin = "a secret key with an `Origin`";
    public const string WithoutScope = "a restricted key without the scope";
    public const string SwitchedOff = "the service switched off";

    public const string Unlimited = "Unlimited plan: limits and remaining are `null`.";
    public const string NewestFirst = "Newest first; `limit`/`offset` as on the page, and a cursor (`after`) for deep lists.";
    public const string Inactive = "*inactive* (keeps failing, or VAPID key mismatch)";
    public const string Expired = "*expired* (push service said 404/410)";
    public const string Unregistered = "*unregistered* (deregistered or unsubscribed)";
    public const string Twice = "Deregistering twice is a success.";
    public const string Online = "`is_online`: a heartbeat in the last two minutes.";
    public const string Register =
        "`POST /v2/push/registrations` with `X-Publishable-Key: pk_…` and an allowed `Origin`, body `{subscription, user_email?, user_id?, "
        + "device_info?, is_installed?, language?, time_zone?, identity_token?}` → 201, the client object and a `registration_token`";

    public const string Endpoints =
        "Endpoints: explicit `:443` is fine; trailing dot, full-width characters, bare `push.apple.com`, `permanently-removed.invalid` → 400.";

    public const string Additions =
        "Our additions use the same style and never change what the page shows: requests (list, get, deliveries, cancel), `Idempotency-Key`, "
        + "`send_at`, `url`, `actions`, `topic`, `require_interaction`, `silent`, `renotify`, `badge_count`, `dry_run`, registrations for the "
        + "browser side.";
}
