using Pushbell.Dispatch.Organizations;

namespace Pushbell.Server.Management.Services;

/// <summary>A VAPID pair by its public half; the private one is shown to nobody.</summary>
/// <param name="PublicKey">The <c>applicationServerKey</c> that browsers subscribe with.</param>
/// <param name="IsCurrent">Pages subscribe with it now.</param>
/// <param name="IsRetired">Nobody uses it any more, and nobody may.</param>
/// <param name="ActiveRegistrations">How many active clients are reached with it.</param>
/// <param name="CreatedAt">When it came here.</param>
internal sealed record VapidPair(string PublicKey, bool IsCurrent, bool IsRetired, long ActiveRegistrations, DateTimeOffset CreatedAt)
{
    public static VapidPair Of(VapidKeyInfo key) =>
        new(
            key.PublicKey,
            key.IsCurrent != 0,
            key.IsRetired != 0,
            key.ActiveRegistrations,
            DateTimeOffset.FromUnixTimeMilliseconds(key.CreatedAt)
        );
}

/// <summary>The pairs of a service, the newest first, retired ones too.</summary>
/// <param name="Pairs">All of them.</param>
internal sealed record VapidPairList(IReadOnlyList<VapidPair> Pairs);

/// <summary>The pair that is to be the current one.</summary>
internal sealed record NewVapidPair
{
    /// <summary>32 bytes in base64url; left out, a pair is generated.</summary>
    public string? PrivateKey { get; init; }
}

/// <summary>A pair to be looked at before it is used. Nothing of it is kept.</summary>
internal sealed record VapidCheckBody
{
    /// <summary>65 bytes in base64url; left out, it is computed.</summary>
    public string? PublicKey { get; init; }

    /// <summary>32 bytes in base64url.</summary>
    public string? PrivateKey { get; init; }
}

/// <summary>Whether a VAPID pair can be used.</summary>
/// <param name="IsValid">It can.</param>
/// <param name="PublicKey">The public half that belongs to the private one; null when that is no key.</param>
/// <param name="Problem">What is wrong, in a sentence; null when all is well.</param>
internal sealed record VapidCheck(bool IsValid, string? PublicKey, string? Problem);
