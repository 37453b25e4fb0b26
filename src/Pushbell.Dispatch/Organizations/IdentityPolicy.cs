using System.Security.Cryptography;
using System.Text;
using Pushbell.Dispatch.Sealing;
using Pushbell.Dispatch.Storage;

namespace Pushbell.Dispatch.Organizations;

/// <summary>Whether a page must prove whom it registers.</summary>
public enum IdentityMode
{
    /// <summary>What a page says of its user is believed; a token is not looked at.</summary>
    Off = 0,

    /// <summary>A token, where one is sent, must be valid and names the person.</summary>
    Optional = 1,

    /// <summary>Nobody is named without a valid token; a browser may register without naming anybody.</summary>
    Required = 2,
}

/// <summary>What identity tokens are checked with: a shared secret (HS256) or the public half of a P-256 pair (ES256).</summary>
/// <param name="IsPublicKey">ES256: <paramref name="Bytes"/> is a SubjectPublicKeyInfo.</param>
/// <param name="Bytes">The secret or the public key.</param>
public sealed record IdentityKey(bool IsPublicKey, byte[] Bytes)
{
    public const int MinSecretLength = 32;

    public static IdentityKey OfSecret(string secret) => new(IsPublicKey: false, Encoding.UTF8.GetBytes(secret));

    /// <returns>Null when the text is no PEM of a P-256 public key.</returns>
    public static IdentityKey? OfPem(string pem)
    {
        try
        {
            using var key = ECDsa.Create();
            key.ImportFromPem(pem);
            return key.ExportParameters(includePrivateParameters: false).Curve.Oid.Value == ECCurve.NamedCurves.nistP256.Oid.Value
                ? new IdentityKey(IsPublicKey: true, key.ExportSubjectPublicKeyInfo())
                : null;
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            return null;
        }
    }
}

/// <summary>A service's rule about identity tokens.</summary>
public sealed record IdentityPolicy(IdentityMode Mode, IdentityKey? Key);

/// <summary>Keeps each service's rule; the key is sealed under the master key.</summary>
public sealed class IdentityPolicies(Database database, MasterKey master)
{
    private readonly Sealer sealer = new(master, "identity");

    public async Task<IdentityPolicy> GetAsync(long organization, long service, CancellationToken cancellationToken)
    {
        var row = await database.ReadAsync(
            session =>
                session.FirstAsync<Row>(
                    "SELECT identity_mode, sealed_identity_key FROM service WHERE organization_id = @organization AND id = @service",
                    new { organization, service }
                ),
            cancellationToken
        );
        return new IdentityPolicy((IdentityMode)row!.IdentityMode, row.SealedIdentityKey is { } box ? Open(organization, service, box) : null);
    }

    /// <summary>Changes the mode, and the key when one is given, within the caller's transaction.</summary>
    internal Task SetAsync(Session session, long organization, long service, IdentityMode mode, IdentityKey? key) =>
        session.ExecuteAsync(
            """
            UPDATE service SET identity_mode = @mode, sealed_identity_key = coalesce(@box, sealed_identity_key)
            WHERE organization_id = @organization AND id = @service
            """,
            new
            {
                organization,
                service,
                mode = (int)mode,
                box = Seal(organization, service, key),
            }
        );

    /// <summary>Replaces the key, or takes it away where no token is looked at.</summary>
    /// <returns>False when tokens are looked at: without a key all would be refused.</returns>
    public async Task<bool> SetKeyAsync(long organization, long service, IdentityKey? key, CancellationToken cancellationToken) =>
        await database.WriteAsync(
            session =>
                session.ExecuteAsync(
                    $"""
                    UPDATE service SET sealed_identity_key = @box
                    WHERE organization_id = @organization AND id = @service {(key is null ? "AND identity_mode = 0" : "")}
                    """,
                    new { organization, service, box = Seal(organization, service, key) }
                ),
            cancellationToken
        ) > 0;

    private byte[]? Seal(long organization, long service, IdentityKey? key) =>
        key is null ? null : sealer.Seal([(byte)(key.IsPublicKey ? 1 : 0), .. key.Bytes], Context(organization, service));

    private IdentityKey Open(long organization, long service, byte[] box)
    {
        var bytes = sealer.Open(box, Context(organization, service));
        return new IdentityKey(bytes[0] == 1, bytes[1..]);
    }

    private static string Context(long organization, long service) => $"{organization}/{service}";

    private sealed record Row
    {
        public int IdentityMode { get; init; }

        public byte[]? SealedIdentityKey { get; init; }
    }
}
