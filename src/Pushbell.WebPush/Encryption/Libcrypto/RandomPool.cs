using System.Security.Cryptography;

namespace Pushbell.WebPush;

/// <summary>Random bytes drawn for many messages at once, since a draw of 16 takes hardly less time than one of 2,000. For one thread.</summary>
/// <remarks>Each byte is given out once and wiped here; pinned, so that the collector leaves no copy behind.</remarks>
internal sealed unsafe class RandomPool(LibcryptoFunctions libcrypto, delegate* unmanaged<byte*, int, int> draw, int length)
{
    private readonly byte[] bytes = GC.AllocateUninitializedArray<byte>(length, pinned: true);
    private int taken = length;

    public void Take(Span<byte> destination)
    {
        if (bytes.Length - taken < destination.Length)
        {
            fixed (byte* start = bytes)
            {
                libcrypto.Ensure(draw(start, bytes.Length) == 1, "libcrypto has no randomness.");
            }

            taken = 0;
        }

        var part = bytes.AsSpan(taken, destination.Length);
        taken += destination.Length;
        part.CopyTo(destination);
        CryptographicOperations.ZeroMemory(part);
    }
}
