using System.ComponentModel.DataAnnotations;
using Pushbell.Dispatch;
using Pushbell.Dispatch.Accounts;
using Pushbell.Dispatch.Organizations;

namespace Pushbell.Server.Management.ManagementKeys;

/// <summary>A management key; its text is not kept.</summary>
/// <param name="KeyId">The key, <c>mkey_…</c>.</param>
/// <param name="Name">What it is for.</param>
/// <param name="Role">What it may do in the organization.</param>
/// <param name="Hint">Its last four characters.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="LastUsedAt">When it was last used, exact to a minute.</param>
/// <param name="RevokedAt">Refused since then.</param>
internal record ManagementKey(
    string KeyId,
    string Name,
    [property: AllowedValues("viewer", "sender", "admin")] string Role,
    string Hint,
    DateTimeOffset CreatedAt,
    DateTimeOffset? LastUsedAt,
    DateTimeOffset? RevokedAt
)
{
    public static ManagementKey Of(ManagementKeyInfo key) =>
        new(
            PublicId.ManagementKey(key.Id),
            key.Name,
            key.Role,
            key.Hint,
            DateTimeOffset.FromUnixTimeMilliseconds(key.CreatedAt),
            MomentOf(key.LastUsedAt),
            MomentOf(key.RevokedAt)
        );

    private static DateTimeOffset? MomentOf(long? milliseconds) =>
        milliseconds is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;
}

/// <summary>A management key just made.</summary>
/// <param name="KeyId">The key's id, <c>mkey_…</c>.</param>
/// <param name="Name">What it is for.</param>
/// <param name="Role">What it may do in the organization.</param>
/// <param name="Hint">Its last four characters.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="LastUsedAt">Not yet.</param>
/// <param name="RevokedAt">Not yet.</param>
/// <param name="Key">The key itself, <c>mk_…</c>; shown this once.</param>
internal sealed record NewManagementKey(
    string KeyId,
    string Name,
    string Role,
    string Hint,
    DateTimeOffset CreatedAt,
    DateTimeOffset? LastUsedAt,
    DateTimeOffset? RevokedAt,
    string Key
) : ManagementKey(KeyId, Name, Role, Hint, CreatedAt, LastUsedAt, RevokedAt)
{
    public static NewManagementKey Of(ManagementKeyInfo made, string text)
    {
        var key = Of(made);
        return new NewManagementKey(key.KeyId, key.Name, key.Role, key.Hint, key.CreatedAt, key.LastUsedAt, key.RevokedAt, text);
    }
}

/// <summary>Management keys.</summary>
/// <param name="Keys">The oldest first, revoked ones too.</param>
internal sealed record ManagementKeyList(IReadOnlyList<ManagementKey> Keys);

/// <summary>A management key about to be made.</summary>
internal sealed record ManagementKeyBody
{
    /// <summary>What it is for.</summary>
    [Required]
    [MaxLength(TenantRules.MaxNameLength)]
    public string? Name { get; init; }

    /// <summary>What it may do; no key is an owner.</summary>
    [Required]
    [AllowedValues("viewer", "sender", "admin")]
    public string? Role { get; init; }
}
