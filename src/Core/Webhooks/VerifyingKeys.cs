using System.Collections.Concurrent;
using System.Security.Cryptography;
using Core.Bots;

namespace Core.Webhooks;

/// <summary>
/// Imported public keys, kept between webhooks: importing costs as much as verifying. An <see cref="RSA"/> is promised to nobody else
/// while it verifies, so each key has as many as ever verified at once.
/// </summary>
internal static class VerifyingKeys
{
    // More than any portal has in use; what was rotated away goes with the rest when it is reached.
    private const int MostKeys = 1_000;

    private static readonly ConcurrentDictionary<string, Imported> _keys = new(StringComparer.Ordinal);

    /// <summary>True when <paramref name="key"/> made <paramref name="signature"/> over <paramref name="body"/>.</summary>
    public static bool Verifies(BotKey key, ReadOnlySpan<byte> body, ReadOnlySpan<byte> signature)
    {
        // A fingerprint is a name, not a proof: what verifies is the key that the bot has now.
        if (!_keys.TryGetValue(key.Fingerprint, out var imported) || !imported.Spki.AsSpan().SequenceEqual(key.Spki))
        {
            if (_keys.Count >= MostKeys)
                _keys.Clear();
            _keys[key.Fingerprint] = imported = new(key.Spki);
        }
        return imported.Verifies(body, signature);
    }

    private sealed class Imported(byte[] spki)
    {
        private readonly ConcurrentBag<RSA> _idle = [];

        public byte[] Spki { get; } = [.. spki];

        public bool Verifies(ReadOnlySpan<byte> body, ReadOnlySpan<byte> signature)
        {
            if (!_idle.TryTake(out var rsa))
            {
                rsa = RSA.Create();
                rsa.ImportSubjectPublicKeyInfo(Spki, out _);
            }
            var valid =
                signature.Length == rsa.KeySize / 8 && rsa.VerifyData(body, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            _idle.Add(rsa);
            return valid;
        }
    }
}
