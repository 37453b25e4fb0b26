namespace Pushbell.WebPush;

/// <summary>ECDH on P-256 (SP 800-56A §5.7.1.2) with objects that serve one message after the other. For one thread.</summary>
internal sealed unsafe class KeyAgreement
{
    private const int P256Id = 415; // NID_X9_62_prime256v1
    private const int ConstantTime = 0x04; // BN_FLG_CONSTTIME
    private const int Uncompressed = 4; // POINT_CONVERSION_UNCOMPRESSED

    private readonly LibcryptoFunctions libcrypto;
    private readonly NativeObject group, theirs, product, scalar, coordinate, scratch;

    public KeyAgreement(LibcryptoFunctions libcrypto)
    {
        this.libcrypto = libcrypto;
        group = new NativeObject(libcrypto.EC_GROUP_new_by_curve_name(P256Id), libcrypto.EC_GROUP_free);
        theirs = new NativeObject(libcrypto.EC_POINT_new(group.Pointer), libcrypto.EC_POINT_clear_free);
        product = new NativeObject(libcrypto.EC_POINT_new(group.Pointer), libcrypto.EC_POINT_clear_free);
        scalar = new NativeObject(libcrypto.BN_secure_new(), libcrypto.BN_clear_free);
        coordinate = new NativeObject(libcrypto.BN_secure_new(), libcrypto.BN_clear_free);
        scratch = new NativeObject(libcrypto.BN_CTX_secure_new(), libcrypto.BN_CTX_free);
        libcrypto.BN_set_flags(scalar.Pointer, ConstantTime);
    }

    /// <summary>The public key of <paramref name="ourScalar"/>, and what it shares with <paramref name="theirPoint"/>.</summary>
    public void Agree(ReadOnlySpan<byte> ourScalar, ReadOnlySpan<byte> theirPoint, Span<byte> ourPoint, Span<byte> secret)
    {
        var (curve, k, shared, temporary) = (group.Pointer, scalar.Pointer, product.Pointer, scratch.Pointer);
        fixed (byte* input = ourScalar, from = theirPoint, to = ourPoint, x = secret)
        {
            // It refuses what is not on the curve, and a coordinate that is not reduced.
            libcrypto.Ensure(
                libcrypto.EC_POINT_oct2point(curve, theirs.Pointer, from, (nuint)theirPoint.Length, temporary) == 1,
                "The point is not on the curve P-256."
            );
            try
            {
                libcrypto.Ensure(libcrypto.BN_bin2bn(input, ourScalar.Length, k) != 0);
                libcrypto.Ensure(libcrypto.EC_POINT_mul(curve, shared, 0, theirs.Pointer, k, temporary) == 1);
                libcrypto.Ensure(libcrypto.EC_POINT_get_affine_coordinates(curve, shared, coordinate.Pointer, 0, temporary) == 1);
                libcrypto.Ensure(libcrypto.BN_bn2binpad(coordinate.Pointer, x, secret.Length) == secret.Length);

                // Our public point comes last and into the same object: the shared one does not outlive its message.
                libcrypto.Ensure(libcrypto.EC_POINT_mul(curve, shared, k, 0, 0, temporary) == 1);
                var written = libcrypto.EC_POINT_point2oct(curve, shared, Uncompressed, to, (nuint)ourPoint.Length, temporary);
                libcrypto.Ensure(written == (nuint)ourPoint.Length);
            }
            finally
            {
                libcrypto.BN_clear(k);
                libcrypto.BN_clear(coordinate.Pointer);
            }
        }

        GC.KeepAlive(this);
    }
}
