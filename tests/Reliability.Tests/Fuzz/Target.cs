using System.Security.Cryptography;
using Support;

namespace Reliability.Tests.Fuzz;

/// <summary>The bot whose addresses are tried: where it listens, and who may sign for it.</summary>
internal sealed class Target(Uri address, FreshchatStandIn account, SigningKey second) : IDisposable
{
    private readonly RSA[] _public = [Public(account.Key), Public(second)];
    private readonly Lock _signing = new();

    public FreshchatStandIn Account => account;

    /// <summary>Its own address.</summary>
    public Uri Address => address;

    /// <summary>Signs with one of its two keys.</summary>
    public string Sign(byte[] body, bool withSecond)
    {
        lock (_signing)
            return (withSecond ? second : account.Key).Sign(body);
    }

    /// <summary>True when one of its keys signed exactly these bytes; asked without a line of the product.</summary>
    public bool IsSigned(byte[] body, string? signature)
    {
        var bytes = new byte[4_096];
        if (!Convert.TryFromBase64String(signature ?? "", bytes, out var length))
            return false;
        lock (_signing)
            return _public.Any(k => k.VerifyData(body, bytes[..length], HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }

    public void Dispose() => Array.ForEach(_public, k => k.Dispose());

    private static RSA Public(SigningKey key)
    {
        var rsa = RSA.Create();
        rsa.ImportSubjectPublicKeyInfo(Convert.FromBase64String(key.PublicPem[PemEncoding.Find(key.PublicPem).Base64Data]), out _);
        return rsa;
    }
}
