namespace Pushbell.WebPush;

/// <summary>What one thread works with, message after message; unreachable, and so freed, once the thread has ended.</summary>
internal sealed unsafe class Workplace
{
    /// <summary>Messages for which random bytes are drawn at once.</summary>
    private const int Batch = 64;

    [ThreadStatic]
    private static Workplace? last;

    private readonly LibcryptoFunctions libcrypto;

    private Workplace(LibcryptoFunctions libcrypto)
    {
        this.libcrypto = libcrypto;
        Agreement = new KeyAgreement(libcrypto);
        Cipher = new GcmCipher(libcrypto);

        // Private keys come from the generator whose output nobody sees (RAND_priv_bytes), salts from the other.
        Scalars = new RandomPool(libcrypto, libcrypto.RAND_priv_bytes, Batch * P256.CoordinateLength);
        Salts = new RandomPool(libcrypto, libcrypto.RAND_bytes, Batch * MessageEncryptor.SaltLength);
    }

    public KeyAgreement Agreement { get; }

    public GcmCipher Cipher { get; }

    public RandomPool Scalars { get; }

    public RandomPool Salts { get; }

    /// <summary>The calling thread's own; to be used on that thread only.</summary>
    public static Workplace Of(LibcryptoFunctions libcrypto) => last?.libcrypto == libcrypto ? last : last = new Workplace(libcrypto);
}
