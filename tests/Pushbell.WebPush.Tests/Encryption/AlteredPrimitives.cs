namespace Pushbell.WebPush.Tests.Encryption;

/// <summary>Primitives of which one is replaced.</summary>
internal abstract class AlteredPrimitives(IPrimitives primitives) : IPrimitives
{
    public string Name => "altered " + primitives.Name;

    public void FillSalt(Span<byte> salt) => primitives.FillSalt(salt);

    public void Agree(ReadOnlySpan<byte> theirPoint, Span<byte> ourPoint, Span<byte> secret) => primitives.Agree(theirPoint, ourPoint, secret);

    public virtual void Agree(ReadOnlySpan<byte> scalar, ReadOnlySpan<byte> theirPoint, Span<byte> ourPoint, Span<byte> secret) =>
        primitives.Agree(scalar, theirPoint, ourPoint, secret);

    public virtual void Hmac(ReadOnlySpan<byte> key, ReadOnlySpan<byte> data, Span<byte> mac) => primitives.Hmac(key, data, mac);

    public void Seal(ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce, Span<byte> content, Span<byte> tag) =>
        primitives.Seal(key, nonce, content, tag);
}
