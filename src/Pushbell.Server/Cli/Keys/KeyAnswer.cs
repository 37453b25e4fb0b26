using System.Text.Json.Serialization;
using Pushbell.Dispatch;
using Pushbell.Dispatch.Organizations;

namespace Pushbell.Server.Cli.Keys;

/// <summary>A key: of which <see cref="Kind"/>, by its last four characters (<see cref="Hint"/>), since its text is not kept.</summary>
internal sealed record KeyAnswer(
    string KeyId,
    string OrganizationId,
    string ServiceId,
    string Kind,
    string Name,
    string Hint,
    IReadOnlyList<string> Scopes,
    bool ServiceToService,
    DateTime CreatedAt,
    DateTime? LastUsedAt,
    DateTime? RevokedAt
)
{
    /// <summary>The text: of a key just made, and never again.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Key { get; init; }

    public static KeyAnswer Of(KeyInfo key) =>
        new(
            PublicId.Key(key.Id),
            PublicId.Organization(key.OrganizationId),
            PublicId.Service(key.ServiceId),
            NameOf(key.Kind),
            key.Name,
            key.Hint,
            key.Scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            key.IsService != 0,
            MomentOf(key.CreatedAt),
            key.LastUsedAt is { } used ? MomentOf(used) : null,
            key.RevokedAt is { } revoked ? MomentOf(revoked) : null
        );

    public static string NameOf(KeyKind kind) => kind.ToString().ToLowerInvariant();

    public Answer ToAnswer(string text) => Answer.Of(this, CliJson.Default.KeyAnswer, text);

    private static DateTime MomentOf(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).UtcDateTime;
}

internal sealed record KeysAnswer(IReadOnlyList<KeyAnswer> Keys)
{
    public Answer ToAnswer() =>
        Answer.Of(
            this,
            CliJson.Default.KeysAnswer,
            Table.List(
                ["key", "kind", "name", "ends in", "scopes", "created", "last used", "revoked"],
                Keys.Select(key =>
                    new[]
                    {
                        key.KeyId,
                        key.Kind + (key.ServiceToService ? ", service-to-service" : ""),
                        key.Name,
                        key.Hint,
                        string.Join(' ', key.Scopes),
                        Table.Moment(key.CreatedAt),
                        Table.Moment(key.LastUsedAt),
                        Table.Moment(key.RevokedAt),
                    }
                )
            )
        );
}
