using System.Security.Cryptography;

namespace Support;

/// <summary>The key pair of a Freshchat account: signs webhooks and publishes its public part as Freshchat does (freshchat.md 8).</summary>
public sealed class SigningKey : IDisposable
{
    private readonly RSA _rsa;

    /// <summary>A new pair.</summary>
    public SigningKey(int bits = 2048) => _rsa = RSA.Create(bits);

    /// <summary>As Freshchat prints it: the label says PKCS#1, the content is SubjectPublicKeyInfo.</summary>
    public string PublicPem => PemEncoding.WriteString("RSA PUBLIC KEY", _rsa.ExportSubjectPublicKeyInfo());

    /// <summary>What nobody should paste anywhere.</summary>
    public string PrivatePem => _rsa.ExportPkcs8PrivateKeyPem();

    /// <summary>The value of <c>X-Freshchat-Signature</c> for exactly these bytes.</summary>
    public string Sign(byte[] body) => Convert.ToBase64String(_rsa.SignData(body, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));

    /// <inheritdoc />
    public void Dispose() => _rsa.Dispose();
}
