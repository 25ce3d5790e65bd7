using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Core.Outcomes;

namespace Core.Freshchat;

/// <summary>
/// The public key of an account's webhooks, read whatever its label and line breaks: Freshchat prints SubjectPublicKeyInfo under the
/// label <c>RSA PUBLIC KEY</c>, and form fields turn it into one line (freshchat.md 8).
/// </summary>
/// <param name="Spki">SubjectPublicKeyInfo, DER.</param>
/// <param name="Bits">Size.</param>
public sealed partial record FreshchatKey(byte[] Spki, int Bits)
{
    /// <summary>Smallest size accepted, in bits.</summary>
    public const int SmallestBits = 2048;

    /// <summary>SHA-256 of the key, lower-case hex: the same for every way of writing it.</summary>
    public string Fingerprint { get; } = Convert.ToHexStringLower(SHA256.HashData(Spki));

    /// <summary>
    /// Reads a pasted key. Errors on field <c>publicKeys</c>: <c>public_key_missing</c>, <c>public_key_is_private</c>,
    /// <c>public_key_not_base64</c>, <c>public_key_unreadable</c> (truncated or something else), <c>public_key_too_short</c>.
    /// </summary>
    public static Result<FreshchatKey> Read(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return Refused("public_key_missing");
        if (text.Contains("PRIVATE KEY", StringComparison.OrdinalIgnoreCase))
            return Refused("public_key_is_private");

        var bare = Armour().Replace(text, "").Replace("\\n", "", StringComparison.Ordinal).Replace("\\r", "", StringComparison.Ordinal);
        bare = string.Concat(bare.Where(c => !char.IsWhiteSpace(c)));
        byte[] der;
        try
        {
            der = Convert.FromBase64String(bare);
        }
        catch (FormatException)
        {
            return Refused("public_key_not_base64");
        }

        using var rsa = RSA.Create();
        if (!Imports(der, rsa))
            return Refused(IsPrivate(der) ? "public_key_is_private" : "public_key_unreadable");
        return rsa.KeySize < SmallestBits
            ? Refused("public_key_too_short").With("bits", rsa.KeySize.ToString(System.Globalization.CultureInfo.InvariantCulture))
            : new FreshchatKey(rsa.ExportSubjectPublicKeyInfo(), rsa.KeySize);
    }

    private static Error Refused(string code) => new(code, "publicKeys");

    private static bool Imports(byte[] der, RSA rsa) =>
        Consumes(der, (bytes) => { rsa.ImportSubjectPublicKeyInfo(bytes, out var read); return read; })
        || Consumes(der, (bytes) => { rsa.ImportRSAPublicKey(bytes, out var read); return read; });

    // A private key whose armour was left out must not be taken for garbage: the admin has to know what was pasted.
    private static bool IsPrivate(byte[] der)
    {
        using var rsa = RSA.Create();
        return Consumes(der, (bytes) => { rsa.ImportPkcs8PrivateKey(bytes, out var read); return read; })
            || Consumes(der, (bytes) => { rsa.ImportRSAPrivateKey(bytes, out var read); return read; });
    }

    private static bool Consumes(byte[] der, Func<byte[], int> import)
    {
        try
        {
            return import(der) == der.Length;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    [GeneratedRegex("-----[^-]*-----")]
    private static partial Regex Armour();
}
