namespace Pushbell.WebPush;

/// <summary>AES-128-GCM with one context that is given a new key for each message. For one thread.</summary>
internal sealed unsafe class GcmCipher
{
    private const int GetTag = 0x10; // EVP_CTRL_AEAD_GET_TAG

    private readonly LibcryptoFunctions libcrypto;
    private readonly NativeObject context;

    private static ReadOnlySpan<byte> Zero => [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    public GcmCipher(LibcryptoFunctions libcrypto)
    {
        this.libcrypto = libcrypto;
        context = new NativeObject(libcrypto.EVP_CIPHER_CTX_new(), libcrypto.EVP_CIPHER_CTX_free);
        libcrypto.Ensure(libcrypto.EVP_EncryptInit_ex2(context.Pointer, libcrypto.EVP_aes_128_gcm(), null, null, 0) == 1);
    }

    public void Seal(ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce, Span<byte> content, Span<byte> tag)
    {
        var cipher = context.Pointer;
        fixed (byte* k = key, n = nonce, text = content, t = tag, zero = Zero)
        {
            try
            {
                int length;
                libcrypto.Ensure(libcrypto.EVP_EncryptInit_ex2(cipher, 0, k, n, 0) == 1);
                libcrypto.Ensure(libcrypto.EVP_EncryptUpdate(cipher, text, &length, text, content.Length) == 1 && length == content.Length);
                libcrypto.Ensure(libcrypto.EVP_EncryptFinal_ex(cipher, t, &length) == 1 && length == 0);
                libcrypto.Ensure(libcrypto.EVP_CIPHER_CTX_ctrl(cipher, GetTag, tag.Length, t) == 1);
            }
            finally
            {
                // The context keeps the expanded key until it gets another.
                libcrypto.EVP_EncryptInit_ex2(cipher, 0, zero, zero, 0);
            }
        }

        GC.KeepAlive(this);
    }
}
