using Pushbell.Dispatch;
using Pushbell.Dispatch.Organizations;

namespace Pushbell.Server.Management.Services;

/// <summary>What identity tokens are checked with from now on.</summary>
internal sealed record IdentityKeyBody
{
    private const int MaxLength = 4_096;

    /// <summary>
    /// A shared secret of at least 32 characters, with which tokens are signed by HS256; or a P-256 public key in PEM, for ES256. Null takes it
    /// away.
    /// </summary>
    // Set rather than init: null is told apart from what was left out, for which a setter is not called.
    public string? Key
    {
        get;
        set => (field, isGiven) = (value, true);
    }

    private bool isGiven;

    public Result<IdentityKey?> Parse()
    {
        if (!isGiven)
        {
            return new Failure.InvalidRequest("key is required: a secret, a public key in PEM, or null to take it away.");
        }

        if (Key is null)
        {
            return default(IdentityKey);
        }

        if (Key.Length > MaxLength)
        {
            return new Failure.InvalidRequest($"key has {Key.Length} characters; at most {MaxLength} are allowed.");
        }

        if (Key.StartsWith("-----BEGIN", StringComparison.Ordinal))
        {
            return IdentityKey.OfPem(Key) is { } publicKey ? publicKey : new Failure.InvalidRequest("key is no PEM of a P-256 public key.");
        }

        return Key.Length < IdentityKey.MinSecretLength
            ? new Failure.InvalidRequest($"key must have at least {IdentityKey.MinSecretLength} characters; make one with: openssl rand -base64 32")
            : IdentityKey.OfSecret(Key);
    }
}
