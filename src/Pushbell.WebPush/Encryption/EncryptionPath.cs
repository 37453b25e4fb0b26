namespace Pushbell.WebPush;

/// <summary>Which cryptography encrypts messages; the records are the same, the time they take is not.</summary>
public enum EncryptionPath
{
    /// <summary>libcrypto where it can be loaded and gives the example of RFC 8291, otherwise .NET's own classes.</summary>
    Automatic,

    /// <summary>.NET's own classes.</summary>
    Bcl,

    /// <summary>OpenSSL's libcrypto 3, called directly; a <see cref="PushClient"/> refuses to be made where that is not possible.</summary>
    Libcrypto,
}
