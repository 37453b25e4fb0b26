using System.Security.Cryptography;
using System.Text;

namespace Pushbell.Dispatch.Sealing;

/// <summary>
/// The one secret of an installation, 32 bytes. Everything else is derived from it with HKDF-SHA256, one key a purpose,
/// so that no two uses share a key and a leaked database alone opens nothing.
/// </summary>
public sealed class MasterKey
{
    public const int Length = 32;
    private readonly byte[] key;

    public MasterKey(ReadOnlySpan<byte> key)
    {
        if (key.Length != Length)
        {
            throw new ArgumentException($"A master key has {Length} bytes, not {key.Length}.", nameof(key));
        }

        this.key = key.ToArray();
    }

    /// <summary>Reads the key from <paramref name="file"/>, or makes one there that only its owner can read.</summary>
    public static MasterKey LoadOrCreate(string file)
    {
        if (!File.Exists(file))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using var stream = new FileStream(file, options);
            stream.Write(Encoding.ASCII.GetBytes(Convert.ToBase64String(RandomNumberGenerator.GetBytes(Length)) + "\n"));
            stream.Flush(flushToDisk: true);
        }

        return Parse(File.ReadAllText(file)) ?? throw new InvalidDataException($"{file} does not hold a base64 key of {Length} bytes.");
    }

    /// <returns>Null when the text is not 32 bytes of base64.</returns>
    public static MasterKey? Parse(string base64)
    {
        Span<byte> bytes = stackalloc byte[Length + 3];
        return Convert.TryFromBase64String(base64.Trim(), bytes, out var written) && written == Length ? new MasterKey(bytes[..Length]) : null;
    }

    /// <summary>A 32-byte key for one purpose, e.g. <c>email-hash</c> of one organization.</summary>
    public byte[] Derive(string purpose) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, key, Length, info: Encoding.UTF8.GetBytes("pushbell/" + purpose));
}
