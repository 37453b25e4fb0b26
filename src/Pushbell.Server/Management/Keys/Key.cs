using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using Pushbell.Dispatch;
using Pushbell.Dispatch.Organizations;
using Pushbell.Server.Hosting;
using Domain = Pushbell.Dispatch.Organizations;

namespace Pushbell.Server.Management.Keys;

/// <summary>A key of a service, as it can be seen after it was made: its text is not kept.</summary>
internal record Key
{
    /// <summary>The key, <c>key_…</c>.</summary>
    public required string KeyId { get; init; }

    /// <summary>secret: all of /v2; api: all of /v1; publishable: registers browsers, from allowed origins; restricted: /v2 within its scopes.</summary>
    [AllowedValues("secret", "api", "publishable", "restricted")]
    public required string Kind { get; init; }

    /// <summary>What it is for.</summary>
    public required string Name { get; init; }

    /// <summary>What a restricted key may do; no other kind has any.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>Sends with it are not charged.</summary>
    public required bool IsServiceToService { get; init; }

    /// <summary>Its last four characters.</summary>
    public required string Hint { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When a request last came with it, exact to a minute; null when none has.</summary>
    public required DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>Since when it is refused; null while it is good.</summary>
    public required DateTimeOffset? RevokedAt { get; init; }

    public static Key Of(KeyInfo key) =>
        new()
        {
            KeyId = PublicId.Key(key.Id),
            Kind = StatusNames.Of(key.Kind),
            Name = key.Name,
            Scopes = key.Scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            IsServiceToService = key.IsService != 0,
            Hint = key.Hint,
            CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(key.CreatedAt),
            LastUsedAt = Moment(key.LastUsedAt),
            RevokedAt = Moment(key.RevokedAt),
        };

    private static DateTimeOffset? Moment(long? milliseconds) =>
        milliseconds is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;
}

/// <summary>A key that was just made. Its text is shown this once.</summary>
internal sealed record CreatedKey : Key
{
    public CreatedKey() { }

    [SetsRequiredMembers]
    private CreatedKey(Key key, string text)
        : base(key) => Text = text;

    /// <summary>The key's text; only its hash is kept.</summary>
    [System.Text.Json.Serialization.JsonPropertyName("key")]
    public required string Text { get; init; }

    public static CreatedKey Of(KeyInfo key, string text) => new(Of(key), text);
}

/// <summary>The keys of a service, the oldest first, revoked ones too.</summary>
/// <param name="Keys">All of them.</param>
internal sealed record KeyList(IReadOnlyList<Key> Keys);

/// <summary>A key about to be made.</summary>
internal sealed record NewKey
{
    /// <summary>secret: all of /v2; api: all of /v1; publishable: registers browsers, from allowed origins; restricted: /v2 within its scopes.</summary>
    [Required]
    [AllowedValues("secret", "api", "publishable", "restricted")]
    public string? Kind { get; init; }

    /// <summary>What it is for.</summary>
    [Required]
    [MaxLength(TenantRules.MaxNameLength)]
    public string? Name { get; init; }

    /// <summary>What a restricted key may do: send, read, clients.</summary>
    public IReadOnlyList<string>? Scopes { get; init; }

    /// <summary>Sends with it are not charged, however few the credits.</summary>
    public bool? IsServiceToService { get; init; }

    /// <returns>The key, its text newly generated.</returns>
    public Result<Domain.NewKey> Parse(ServiceInfo service)
    {
        if (StatusNames.Find<KeyKind>(Kind ?? "") is not { } kind)
        {
            return new Failure.InvalidRequest($"kind must be one of {StatusNames.All<KeyKind>()}.");
        }

        var scopes = Scopes ?? [];
        var problem =
            TenantRules.NameProblem(Name ?? "") is { } badName ? "name: " + badName
            : scopes.Any(scope => !ApiKey.Scopes.Contains(scope)) ? $"scopes must be among {string.Join(", ", ApiKey.Scopes)}."
            : ApiKey.HasScopes(kind) != scopes.Count > 0
                ? $"A restricted key needs at least one of the scopes {string.Join(", ", ApiKey.Scopes)}; no other key has any."
            : IsServiceToService == true && !ApiKey.CanBeServiceToService(kind)
                ? "A publishable key cannot send, so is_service_to_service means nothing for it."
            : null;
        return problem is null
            ? new Domain.NewKey(service.OrganizationId, service.Id, kind, ApiKey.Generate(kind), Name!, ApiKey.Join(scopes), IsServiceToService ?? false)
            : new Failure.InvalidRequest(problem);
    }
}
