using System.Security.Cryptography;
using Core.Freshchat;

namespace Core.Tests.Freshchat;

/// <summary>The table of freshchat.md 8: whatever its label and line ends, it is the same key.</summary>
public sealed class FreshchatKeyTests : IDisposable
{
    private readonly RSA rsa = RSA.Create(2048);

    public static TheoryData<string> Shapes =>
    [
        "spki, mislabelled, wrapped",
        "spki, mislabelled, wrapped, carriage returns",
        "spki, mislabelled, one line",
        "spki, mislabelled, spaces",
        "spki, mislabelled, literal line ends",
        "spki, mislabelled, literal carriage returns",
        "spki, bare",
        "spki, bare, wrapped",
        "spki, labelled well",
        "spki, armour in the middle of words",
        "pkcs1, labelled well",
        "pkcs1, bare",
    ];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Every_shape_reads_as_the_same_key(string shape)
    {
        var read = FreshchatKey.Read(Write(shape));

        Assert.True(read.Succeeded, read.Error?.Code);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(rsa.ExportSubjectPublicKeyInfo())), read.Value.Fingerprint);
        Assert.Equal(rsa.ExportSubjectPublicKeyInfo(), read.Value.Spki);
        Assert.Equal(2048, read.Value.Bits);
    }

    [Theory]
    [InlineData(null, "public_key_missing")]
    [InlineData("", "public_key_missing")]
    [InlineData(" \n\t", "public_key_missing")]
    [InlineData("see the key in the other mail", "public_key_not_base64")]
    [InlineData("-----BEGIN RSA PUBLIC KEY-----\n-----END RSA PUBLIC KEY-----", "public_key_unreadable")]
    [InlineData("aGVsbG8gd29ybGQ=", "public_key_unreadable")]
    [InlineData("ssh-rsa AAAAB3NzaC1yc2E", "public_key_not_base64")]
    public void What_is_no_key_is_refused_by_name(string? text, string code) => Assert.Equal(code, FreshchatKey.Read(text).Error?.Code);

    [Fact]
    public void A_private_key_is_named_as_such_with_and_without_armour()
    {
        string[] pasted =
        [
            rsa.ExportPkcs8PrivateKeyPem(),
            rsa.ExportRSAPrivateKeyPem(),
            rsa.ExportPkcs8PrivateKeyPem().Replace("\n", "\\n", StringComparison.Ordinal),
            Convert.ToBase64String(rsa.ExportPkcs8PrivateKey()),
            Convert.ToBase64String(rsa.ExportRSAPrivateKey()),
        ];

        Assert.All(pasted, text => Assert.Equal("public_key_is_private", FreshchatKey.Read(text).Error?.Code));
    }

    [Fact]
    public void A_short_key_is_refused_with_its_size()
    {
        using var small = RSA.Create(1024);

        var error = FreshchatKey.Read(small.ExportSubjectPublicKeyInfoPem()).Error;

        Assert.Equal("public_key_too_short", error?.Code);
        Assert.Equal("1024", error?.Arguments["bits"]);
    }

    [Fact]
    public void Every_byte_counts_none_may_lack_and_none_may_follow()
    {
        var spki = rsa.ExportSubjectPublicKeyInfo();

        Assert.Equal("public_key_unreadable", FreshchatKey.Read(Convert.ToBase64String(spki[..^1])).Error?.Code);
        Assert.Equal("public_key_unreadable", FreshchatKey.Read(Convert.ToBase64String([.. spki, 0])).Error?.Code);
        Assert.Equal("public_key_unreadable", FreshchatKey.Read(Convert.ToBase64String([.. spki, .. spki])).Error?.Code);
    }

    [Fact]
    public void A_key_of_another_kind_is_no_key()
    {
        using var curve = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        Assert.Equal("public_key_unreadable", FreshchatKey.Read(curve.ExportSubjectPublicKeyInfoPem()).Error?.Code);
    }

    public void Dispose() => rsa.Dispose();

    private string Write(string shape)
    {
        const string begin = "-----BEGIN RSA PUBLIC KEY-----";
        const string end = "-----END RSA PUBLIC KEY-----";
        var spki = Convert.ToBase64String(rsa.ExportSubjectPublicKeyInfo());
        var wrapped = string.Join('\n', spki.Chunk(64).Select(line => new string(line)));
        return shape switch
        {
            "spki, mislabelled, wrapped" => $"{begin}\n{wrapped}\n{end}\n",
            "spki, mislabelled, wrapped, carriage returns" => $"{begin}\r\n{wrapped.Replace("\n", "\r\n", StringComparison.Ordinal)}\r\n{end}\r\n",
            "spki, mislabelled, one line" => begin + spki + end,
            "spki, mislabelled, spaces" => $"  {begin} {wrapped.Replace('\n', ' ')} {end} ",
            "spki, mislabelled, literal line ends" => $"{begin}\\n{wrapped.Replace("\n", "\\n", StringComparison.Ordinal)}\\n{end}\\n",
            "spki, mislabelled, literal carriage returns" => $"{begin}\\r\\n{wrapped.Replace("\n", "\\r\\n", StringComparison.Ordinal)}\\r\\n{end}",
            "spki, bare" => spki,
            "spki, bare, wrapped" => wrapped + "\n",
            "spki, labelled well" => rsa.ExportSubjectPublicKeyInfoPem(),
            "spki, armour in the middle of words" => $"{begin}{spki[..100]}{begin}{spki[100..]}{end}{end}",
            "pkcs1, labelled well" => rsa.ExportRSAPublicKeyPem(),
            "pkcs1, bare" => Convert.ToBase64String(rsa.ExportRSAPublicKey()),
            _ => throw new ArgumentOutOfRangeException(nameof(shape), shape, "unknown"),
        };
    }
}
