using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Pushbell.WebPush;

/// <summary>Something that libcrypto allocated, freed when nobody refers to it any more.</summary>
/// <remarks>Its owner is a thread, and the end of a thread tells nobody but the collector: hence a finalizer.</remarks>
internal sealed unsafe class NativeObject
{
    private readonly delegate* unmanaged<nint, void> free;

    /// <exception cref="CryptographicException">There was no memory for it.</exception>
    public NativeObject(nint pointer, delegate* unmanaged<nint, void> free)
    {
        this.free = free;
        Pointer = pointer != 0 ? pointer : throw new CryptographicException("libcrypto could not make an object.");
    }

    [SuppressMessage("Design", "MA0055", Justification = "A SafeHandle would make its holders disposable, and nobody could dispose them.")]
    ~NativeObject()
    {
        // A constructor that threw leaves an object behind, too.
        if (Pointer != 0)
        {
            free(Pointer);
        }
    }

    /// <summary>Good for as long as the holder is kept alive.</summary>
    public nint Pointer { get; }
}
