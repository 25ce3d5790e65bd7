namespace Core.Bots;

/// <summary>A public key of the account's webhooks; a bot has one, or two while the key is rotated (freshchat.md 8).</summary>
public sealed class BotKey
{
    /// <summary>Most keys a bot may have at a time.</summary>
    public const int Most = 2;

    /// <summary>Row id.</summary>
    public long Id { get; init; }

    /// <summary>The bot it belongs to.</summary>
    public Guid BotId { get; init; }

    /// <summary>SubjectPublicKeyInfo, DER.</summary>
    public byte[] Spki { get; init; } = [];

    /// <summary>SHA-256 of <see cref="Spki"/>, lower-case hex: what people compare.</summary>
    public string Fingerprint { get; init; } = "";

    /// <summary>Size in bits.</summary>
    public int Bits { get; init; }

    /// <summary>When it was added.</summary>
    public DateTimeOffset AddedAt { get; init; }
}
