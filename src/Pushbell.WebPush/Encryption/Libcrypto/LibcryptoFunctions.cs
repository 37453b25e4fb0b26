using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Pushbell.WebPush;

/// <summary>The functions of OpenSSL's libcrypto 3 that a message needs, under their own names: its manual says what they do.</summary>
/// <remarks>Looked up once and never unloaded. GC transitions are left out only where a call takes well under a microsecond and never waits.</remarks>
internal sealed unsafe class LibcryptoFunctions
{
    /// <summary>Where the system's loader finds it; version 3's ABI, whatever the release.</summary>
    public const string SystemLibrary = "libcrypto.so.3";

    private const ulong NoExitHandler = 0x0008_0000; // OPENSSL_INIT_NO_ATEXIT

    public readonly delegate* unmanaged<byte*, int, int> RAND_bytes, RAND_priv_bytes;
    public readonly delegate* unmanaged<void> ERR_clear_error;

    public readonly delegate* unmanaged<int, nint> EC_GROUP_new_by_curve_name;
    public readonly delegate* unmanaged<nint, void> EC_GROUP_free;
    public readonly delegate* unmanaged<nint, nint> EC_POINT_new;
    public readonly delegate* unmanaged<nint, void> EC_POINT_clear_free;
    public readonly delegate* unmanaged<nint, nint, byte*, nuint, nint, int> EC_POINT_oct2point;
    public readonly delegate* unmanaged<nint, nint, int, byte*, nuint, nint, nuint> EC_POINT_point2oct;
    public readonly delegate* unmanaged<nint, nint, nint, nint, nint, nint, int> EC_POINT_mul;
    public readonly delegate* unmanaged<nint, nint, nint, nint, nint, int> EC_POINT_get_affine_coordinates;

    public readonly delegate* unmanaged<nint> BN_secure_new;
    public readonly delegate* unmanaged<nint, void> BN_clear_free, BN_clear;
    public readonly delegate* unmanaged<nint, int, void> BN_set_flags;
    public readonly delegate* unmanaged<byte*, int, nint, nint> BN_bin2bn;
    public readonly delegate* unmanaged<nint, byte*, int, int> BN_bn2binpad;
    public readonly delegate* unmanaged<nint> BN_CTX_secure_new;
    public readonly delegate* unmanaged<nint, void> BN_CTX_free;

    public readonly delegate* unmanaged[SuppressGCTransition]<void*, int> SHA256_Init;
    public readonly delegate* unmanaged[SuppressGCTransition]<void*, byte*, nuint, int> SHA256_Update;
    public readonly delegate* unmanaged[SuppressGCTransition]<byte*, void*, int> SHA256_Final;

    public readonly delegate* unmanaged<nint> EVP_aes_128_gcm, EVP_CIPHER_CTX_new;
    public readonly delegate* unmanaged<nint, void> EVP_CIPHER_CTX_free;
    public readonly delegate* unmanaged<nint, nint, byte*, byte*, nint, int> EVP_EncryptInit_ex2;
    public readonly delegate* unmanaged<nint, byte*, int*, byte*, int, int> EVP_EncryptUpdate;
    public readonly delegate* unmanaged<nint, byte*, int*, int> EVP_EncryptFinal_ex;
    public readonly delegate* unmanaged<nint, int, int, void*, int> EVP_CIPHER_CTX_ctrl;

    private readonly nint handle;

    /// <exception cref="DllNotFoundException">There is no such library.</exception>
    /// <exception cref="EntryPointNotFoundException">It is not libcrypto 3, or was built without a function needed.</exception>
    public LibcryptoFunctions(string library)
    {
        if (!NativeLibrary.TryLoad(library, out handle))
        {
            throw new DllNotFoundException($"{library} cannot be loaded");
        }

        ERR_clear_error = (delegate* unmanaged<void>)Export(nameof(ERR_clear_error));

        // Without this, whoever initializes the library first has it torn down at exit, under the feet of threads that still encrypt.
        var init = (delegate* unmanaged<ulong, nint, int>)Export("OPENSSL_init_crypto");
        Ensure(init(NoExitHandler, 0) == 1);
        var version = (delegate* unmanaged<int, byte*>)Export("OpenSSL_version");
        Version = Marshal.PtrToStringUTF8((nint)version(0))!;

        RAND_bytes = (delegate* unmanaged<byte*, int, int>)Export(nameof(RAND_bytes));
        RAND_priv_bytes = (delegate* unmanaged<byte*, int, int>)Export(nameof(RAND_priv_bytes));
        EC_GROUP_new_by_curve_name = (delegate* unmanaged<int, nint>)Export(nameof(EC_GROUP_new_by_curve_name));
        EC_GROUP_free = (delegate* unmanaged<nint, void>)Export(nameof(EC_GROUP_free));
        EC_POINT_new = (delegate* unmanaged<nint, nint>)Export(nameof(EC_POINT_new));
        EC_POINT_clear_free = (delegate* unmanaged<nint, void>)Export(nameof(EC_POINT_clear_free));
        EC_POINT_oct2point = (delegate* unmanaged<nint, nint, byte*, nuint, nint, int>)Export(nameof(EC_POINT_oct2point));
        EC_POINT_point2oct = (delegate* unmanaged<nint, nint, int, byte*, nuint, nint, nuint>)Export(nameof(EC_POINT_point2oct));
        EC_POINT_mul = (delegate* unmanaged<nint, nint, nint, nint, nint, nint, int>)Export(nameof(EC_POINT_mul));
        EC_POINT_get_affine_coordinates = (delegate* unmanaged<nint, nint, nint, nint, nint, int>)
            Export(nameof(EC_POINT_get_affine_coordinates));
        BN_secure_new = (delegate* unmanaged<nint>)Export(nameof(BN_secure_new));
        BN_clear_free = (delegate* unmanaged<nint, void>)Export(nameof(BN_clear_free));
        BN_clear = (delegate* unmanaged<nint, void>)Export(nameof(BN_clear));
        BN_set_flags = (delegate* unmanaged<nint, int, void>)Export(nameof(BN_set_flags));
        BN_bin2bn = (delegate* unmanaged<byte*, int, nint, nint>)Export(nameof(BN_bin2bn));
        BN_bn2binpad = (delegate* unmanaged<nint, byte*, int, int>)Export(nameof(BN_bn2binpad));
        BN_CTX_secure_new = (delegate* unmanaged<nint>)Export(nameof(BN_CTX_secure_new));
        BN_CTX_free = (delegate* unmanaged<nint, void>)Export(nameof(BN_CTX_free));
        SHA256_Init = (delegate* unmanaged[SuppressGCTransition]<void*, int>)Export(nameof(SHA256_Init));
        SHA256_Update = (delegate* unmanaged[SuppressGCTransition]<void*, byte*, nuint, int>)Export(nameof(SHA256_Update));
        SHA256_Final = (delegate* unmanaged[SuppressGCTransition]<byte*, void*, int>)Export(nameof(SHA256_Final));
        EVP_aes_128_gcm = (delegate* unmanaged<nint>)Export(nameof(EVP_aes_128_gcm));
        EVP_CIPHER_CTX_new = (delegate* unmanaged<nint>)Export(nameof(EVP_CIPHER_CTX_new));
        EVP_CIPHER_CTX_free = (delegate* unmanaged<nint, void>)Export(nameof(EVP_CIPHER_CTX_free));
        EVP_EncryptInit_ex2 = (delegate* unmanaged<nint, nint, byte*, byte*, nint, int>)Export(nameof(EVP_EncryptInit_ex2));
        EVP_EncryptUpdate = (delegate* unmanaged<nint, byte*, int*, byte*, int, int>)Export(nameof(EVP_EncryptUpdate));
        EVP_EncryptFinal_ex = (delegate* unmanaged<nint, byte*, int*, int>)Export(nameof(EVP_EncryptFinal_ex));
        EVP_CIPHER_CTX_ctrl = (delegate* unmanaged<nint, int, int, void*, int>)Export(nameof(EVP_CIPHER_CTX_ctrl));
    }

    /// <summary>Such as <c>OpenSSL 3.0.19 27 Jan 2026</c>.</summary>
    public string Version { get; }

    /// <summary>Turns a failed call into an exception, and takes its reason off this thread's queue, where .NET's own classes would find it.</summary>
    /// <exception cref="CryptographicException">The call failed.</exception>
    public void Ensure(bool succeeded, string problem = "libcrypto could not do what was asked.")
    {
        if (!succeeded)
        {
            ERR_clear_error();
            throw new CryptographicException(problem);
        }
    }

    private nint Export(string name) => NativeLibrary.GetExport(handle, name);
}
