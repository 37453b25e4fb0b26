using System.Text.Json.Serialization;
using Pushbell.Dispatch;
using Pushbell.Dispatch.Accounts;

namespace Pushbell.Server.Cli.Accounts;

/// <summary>A management key by its last four characters; the operator's has no organization.</summary>
internal sealed record ManagementKeyAnswer(
    string KeyId,
    string? OrganizationId,
    string Name,
    string Role,
    string Hint,
    DateTime CreatedAt,
    DateTime? LastUsedAt,
    DateTime? RevokedAt
)
{
    /// <summary>The text: of a key just made, and never again.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Key { get; init; }

    public static ManagementKeyAnswer Of(ManagementKeyInfo key, long? organization) =>
        new(
            PublicId.ManagementKey(key.Id),
            organization is { } owner ? PublicId.Organization(owner) : null,
            key.Name,
            organization is null ? "operator" : key.Role,
            key.Hint,
            DateTimeOffset.FromUnixTimeMilliseconds(key.CreatedAt).UtcDateTime,
            MomentOf(key.LastUsedAt),
            MomentOf(key.RevokedAt)
        );

    public Answer ToAnswer(string heading) =>
        Answer.Of(
            this,
            CliJson.Default.ManagementKeyAnswer,
            $"{heading}\n\n" + Table.Properties(("key", KeyId), ("name", Name), ("role", Role))
        );

    private static DateTime? MomentOf(long? milliseconds) =>
        milliseconds is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at).UtcDateTime : null;
}

internal sealed record ManagementKeysAnswer(IReadOnlyList<ManagementKeyAnswer> Keys)
{
    public Answer ToAnswer() =>
        Answer.Of(
            this,
            CliJson.Default.ManagementKeysAnswer,
            Table.List(
                ["key", "role", "name", "ends in", "created", "last used", "revoked"],
                Keys.Select(key =>
                    new[]
                    {
                        key.KeyId,
                        key.Role,
                        key.Name,
                        key.Hint,
                        Table.Moment(key.CreatedAt),
                        Table.Moment(key.LastUsedAt),
                        Table.Moment(key.RevokedAt),
                    }
                )
            )
        );
}
