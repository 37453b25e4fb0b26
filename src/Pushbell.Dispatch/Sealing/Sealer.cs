using System.Security.Cryptography;
using System.Text;

namespace Pushbell.Dispatch.Sealing;

/// <summary>AES-256-GCM under a derived key. Sealed: version (1) | nonce (12) | tag (16) | ciphertext.</summary>
/// <remarks>The context is authenticated: what was sealed for one row cannot be opened in another.</remarks>
public sealed class Sealer(MasterKey master, string purpose)
{
    private const byte Version = 1;
    private const int NonceLength = 12, TagLength = 16, Header = 1 + NonceLength + TagLength;
    private readonly byte[] key = master.Derive(purpose);

    public byte[] Seal(ReadOnlySpan<byte> plaintext, string context)
    {
        var box = new byte[Header + plaintext.Length];
        box[0] = Version;
        RandomNumberGenerator.Fill(box.AsSpan(1, NonceLength));
        using var cipher = new AesGcm(key, TagLength);
        cipher.Encrypt(
            box.AsSpan(1, NonceLength),
            plaintext,
            box.AsSpan(Header),
            box.AsSpan(1 + NonceLength, TagLength),
            Encoding.UTF8.GetBytes(context)
        );
        return box;
    }

    /// <exception cref="CryptographicException">Sealed under another master key, for another row, or damaged.</exception>
    public byte[] Open(ReadOnlySpan<byte> box, string context)
    {
        if (box.Length < Header || box[0] != Version)
        {
            throw new CryptographicException("Not a sealed value of this version.");
        }

        var plaintext = new byte[box.Length - Header];
        using var cipher = new AesGcm(key, TagLength);
        cipher.Decrypt(
            box.Slice(1, NonceLength),
            box[Header..],
            box.Slice(1 + NonceLength, TagLength),
            plaintext,
            Encoding.UTF8.GetBytes(context)
        );
        return plaintext;
    }
}
