using System.Buffers.Text;
using System.Security.Cryptography;

namespace Pushbell.LocalPushService.Crypto;

/// <summary>What a browser keeps for one subscription: its key pair and the authentication secret (RFC 8291 §3.1, §3.2).</summary>
internal sealed class ReceiverKeys
{
    private const int AuthenticationSecretLength = 16;

    private readonly byte[] publicKey;
    private readonly byte[] privateKey;
    private readonly byte[] authenticationSecret;

    public ReceiverKeys(byte[] publicKey, byte[] privateKey, byte[] authenticationSecret)
    {
        this.publicKey = publicKey;
        this.privateKey = privateKey;
        this.authenticationSecret = authenticationSecret;
    }

    public string P256dh => Base64Url.EncodeToString(publicKey);

    public string Auth => Base64Url.EncodeToString(authenticationSecret);

    public ReadOnlySpan<byte> PublicKey => publicKey;

    public byte[] AuthenticationSecret => authenticationSecret;

    public static ReceiverKeys Generate()
    {
        using var pair = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var parameters = pair.ExportParameters(includePrivateParameters: true);
        return new ReceiverKeys(P256.Encode(parameters.Q), parameters.D!, RandomNumberGenerator.GetBytes(AuthenticationSecretLength));
    }

    /// <summary>The shared ECDH secret with the sender's ephemeral key.</summary>
    /// <exception cref="CryptographicException">The sender's key is no point of the curve.</exception>
    public byte[] Agree(ReadOnlySpan<byte> senderPublicKey)
    {
        using var own = ECDiffieHellman.Create(P256.Parameters(publicKey, privateKey));
        using var sender = ECDiffieHellman.Create(P256.Parameters(senderPublicKey));
        return own.DeriveRawSecretAgreement(sender.PublicKey);
    }
}
