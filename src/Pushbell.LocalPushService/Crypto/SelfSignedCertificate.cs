using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Pushbell.LocalPushService.Crypto;

/// <summary>A fresh certificate for this machine, also under the names that browsers' endpoints fix.</summary>
internal static class SelfSignedCertificate
{
    private static readonly string[] Names =
    [
        "localhost",
        "fcm.googleapis.com",
        "jmt17.google.com",
        "updates.push.services.mozilla.com",
    ];

    public static X509Certificate2 Create(DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Local push service", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(SubjectAlternativeNames());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));

        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddYears(1));

        // Only a key that came out of a PKCS #12 container can serve TLS on every platform.
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), password: null);
    }

    private static X509Extension SubjectAlternativeNames()
    {
        var names = new SubjectAlternativeNameBuilder();
        foreach (var name in Names)
            names.AddDnsName(name);
        names.AddIpAddress(IPAddress.Loopback);
        return names.Build();
    }
}
