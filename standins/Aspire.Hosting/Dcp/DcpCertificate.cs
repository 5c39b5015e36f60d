using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Aspire.Hosting.Dcp;

internal static class DcpCertificate
{
    /// <summary>A certificate for one run. DCP would make one itself, an RSA one, which takes it up to five seconds on a small machine.</summary>
    public static X509Certificate2 Create(DcpFolder folder, TimeProvider time)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        names.AddIpAddress(IPAddress.IPv6Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, true));

        var now = time.GetUtcNow();
        var certificate = request.CreateSelfSigned(now.AddHours(-1), now.AddYears(1));
        File.WriteAllText(folder.CertificateFile, certificate.ExportCertificatePem());
        File.WriteAllText(folder.KeyFile, key.ExportECPrivateKeyPem());
        return certificate;
    }
}
