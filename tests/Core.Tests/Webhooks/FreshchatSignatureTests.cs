using System.Security.Cryptography;
using System.Text;
using Core.Bots;
using Core.Freshchat;
using Core.Webhooks;

namespace Core.Tests.Webhooks;

public sealed class FreshchatSignatureTests : IDisposable
{
    private static readonly byte[] Body = Encoding.UTF8.GetBytes("""{"text":"¿Tenéis sartén? 你好 🍳 é"}""");

    private readonly RSA ours = RSA.Create(2048);
    private readonly RSA next = RSA.Create(3072);
    private readonly RSA strangers = RSA.Create(2048);

    [Fact]
    public void The_key_that_signed_exactly_these_bytes_is_named()
    {
        Assert.Equal(new(SignatureResult.Valid, Key(ours).Fingerprint), Verify(Body, Sign(ours), Key(ours)));
        Assert.Equal(new(SignatureResult.Valid, Key(ours).Fingerprint), Verify(Body, $"  {Sign(ours)}\n", Key(ours)));
    }

    [Fact]
    public void While_keys_are_rotated_either_may_match()
    {
        Assert.Equal(Key(next).Fingerprint, Verify(Body, Sign(next), Key(ours), Key(next)).Fingerprint);
        Assert.Equal(Key(ours).Fingerprint, Verify(Body, Sign(ours), Key(ours), Key(next)).Fingerprint);
        Assert.Equal(SignatureResult.Mismatch, Verify(Body, Sign(strangers), Key(ours), Key(next)).Result);
    }

    [Theory]
    [InlineData(null, SignatureResult.Missing)]
    [InlineData("", SignatureResult.Missing)]
    [InlineData("   ", SignatureResult.Missing)]
    [InlineData("not base64!", SignatureResult.Malformed)]
    [InlineData("sha256=0123456789abcdef", SignatureResult.Malformed)]
    [InlineData("aGVsbG8=", SignatureResult.Mismatch)]
    public void What_is_no_signature_is_refused_by_name(string? signature, SignatureResult result) =>
        Assert.Equal(new(result), Verify(Body, signature, Key(ours)));

    [Fact]
    public void A_signature_cut_or_lengthened_or_without_end_is_refused()
    {
        var bytes = Convert.FromBase64String(Sign(ours));

        Assert.Equal(SignatureResult.Mismatch, Verify(Body, Convert.ToBase64String(bytes[..^1]), Key(ours)).Result);
        Assert.Equal(SignatureResult.Mismatch, Verify(Body, Convert.ToBase64String([.. bytes, 0]), Key(ours)).Result);
        Assert.Equal(SignatureResult.Malformed, Verify(Body, new string('A', 4000), Key(ours)).Result);
    }

    [Fact]
    public void Without_a_key_nothing_is_valid() => Assert.Equal(new(SignatureResult.NoKey), Verify(Body, Sign(ours)));

    [Fact]
    public void Each_single_byte_of_the_body_counts()
    {
        var signature = Sign(ours);
        for (var i = 0; i < Body.Length; i++)
        {
            var changed = Body.ToArray();
            changed[i] ^= 1;
            Assert.Equal(SignatureResult.Mismatch, Verify(changed, signature, Key(ours)).Result);
        }
    }

    [Fact]
    public void What_looks_the_same_to_people_is_not_the_same_bytes()
    {
        var text = Encoding.UTF8.GetString(Body);
        byte[][] alike =
        [
            [0xEF, 0xBB, 0xBF, .. Body],
            [.. Body, (byte)'\n'],
            [(byte)' ', .. Body],
            Encoding.UTF8.GetBytes(text.Replace(":", ": ", StringComparison.Ordinal)),
            Encoding.UTF8.GetBytes(text.Normalize(NormalizationForm.FormD)),
            Encoding.Unicode.GetBytes(text),
            Encoding.Latin1.GetBytes(text),
        ];

        Assert.All(alike, body => Assert.Equal(SignatureResult.Mismatch, Verify(body, Sign(ours), Key(ours)).Result));
    }

    [Fact]
    public void Another_padding_or_hash_is_another_signature()
    {
        var pss = Convert.ToBase64String(ours.SignData(Body, HashAlgorithmName.SHA256, RSASignaturePadding.Pss));
        var sha1 = Convert.ToBase64String(ours.SignData(Body, HashAlgorithmName.SHA512, RSASignaturePadding.Pkcs1));

        Assert.Equal(SignatureResult.Mismatch, Verify(Body, pss, Key(ours)).Result);
        Assert.Equal(SignatureResult.Mismatch, Verify(Body, sha1, Key(ours)).Result);
    }

    [Fact]
    public void Many_webhooks_at_once_share_the_keys_and_each_has_its_own_verdict()
    {
        var (own, others) = (Sign(ours), Sign(strangers));

        Parallel.For(0, 2_000, i =>
        {
            var expected = i % 3 == 0 ? SignatureResult.Mismatch : SignatureResult.Valid;
            Assert.Equal(expected, Verify(Body, i % 3 == 0 ? others : own, Key(next), Key(ours)).Result);
        });
    }

    [Fact]
    public void A_key_that_only_bears_the_name_of_another_verifies_for_itself()
    {
        Assert.Equal(SignatureResult.Valid, Verify(Body, Sign(ours), Key(ours)).Result);
        var impostor = new BotKey { Spki = Key(strangers).Spki, Fingerprint = Key(ours).Fingerprint };

        Assert.Equal(SignatureResult.Mismatch, Verify(Body, Sign(ours), impostor).Result);
        Assert.Equal(SignatureResult.Valid, Verify(Body, Sign(ours), Key(ours)).Result);
    }

    public void Dispose()
    {
        ours.Dispose();
        next.Dispose();
        strangers.Dispose();
    }

    private static SignatureVerdict Verify(byte[] body, string? signature, params BotKey[] keys) =>
        FreshchatSignature.Verify(body, signature, keys);

    private static string Sign(RSA key) => Convert.ToBase64String(key.SignData(Body, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));

    private static BotKey Key(RSA key)
    {
        var read = FreshchatKey.Read(key.ExportSubjectPublicKeyInfoPem()).Value!;
        return new() { Spki = read.Spki, Fingerprint = read.Fingerprint };
    }
}
