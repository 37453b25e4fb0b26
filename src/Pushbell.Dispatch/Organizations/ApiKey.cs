namespace Pushbell.Dispatch.Organizations;

/// <summary>What a key may do, told by its prefix.</summary>
public enum KeyKind
{
    /// <summary><c>sk_</c>: all of /v2.</summary>
    Secret = 0,

    /// <summary><c>psk_</c>: all of /v1.</summary>
    Api = 1,

    /// <summary><c>pk_</c>: registers a browser, from an allowed origin only.</summary>
    Publishable = 2,

    /// <summary><c>rk_</c>: /v2, within its scopes.</summary>
    Restricted = 3,
}

/// <summary>A key as text: <see cref="KeyText"/> behind the prefix of its kind.</summary>
public static class ApiKey
{
    public const int GivenLength = 20;

    /// <summary>What a restricted key can be allowed to do under /v2.</summary>
    public static readonly IReadOnlyList<string> Scopes = ["send", "read", "clients"];

    public static string Prefix(KeyKind kind) =>
        kind switch
        {
            KeyKind.Secret => "sk_",
            KeyKind.Api => "psk_",
            KeyKind.Publishable => "pk_",
            KeyKind.Restricted => "rk_",
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };

    public static string Generate(KeyKind kind) => KeyText.Generate(Prefix(kind));

    /// <summary>A key that an operator brings along: the right prefix and at least 20 characters behind it.</summary>
    public static bool IsAcceptable(KeyKind kind, string key) =>
        key.StartsWith(Prefix(kind), StringComparison.Ordinal)
        && key.Length >= Prefix(kind).Length + GivenLength
        && key.All(character => char.IsAsciiLetterOrDigit(character) || character is '_' or '-');

    /// <summary>A key of this kind does what its scopes name, and no other kind has any.</summary>
    public static bool HasScopes(KeyKind kind) => kind == KeyKind.Restricted;

    /// <summary>Whether sends with a key of this kind can be free of charge: pages never send.</summary>
    public static bool CanBeServiceToService(KeyKind kind) => kind != KeyKind.Publishable;

    /// <summary>As they are stored: each once, in the order of <see cref="Scopes"/>.</summary>
    public static string Join(IEnumerable<string> scopes) => string.Join(' ', Scopes.Intersect(scopes, StringComparer.Ordinal));

    /// <summary>What is stored instead of the key.</summary>
    public static string Hash(string key) => KeyText.Hash(key);
}
