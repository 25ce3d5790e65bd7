using System.Security.Cryptography;
using System.Text;

namespace Sandbox.Freshchat.Account;

/// <summary>The one account of an installation: its identity, its token, its key pair and its only webhook.</summary>
internal sealed class FreshchatAccount
{
    private readonly Lock _signing = new();
    private RSA? _key;

    /// <summary>Number of the account; <c>account_id</c> of the account configuration.</summary>
    public int Id { get; init; }

    /// <summary>The <c>app_id</c> that every webhook and object carries.</summary>
    public required string AppId { get; init; }

    /// <summary>The account's only API token (freshchat.md 2.2).</summary>
    public required string Token { get; set; }

    /// <summary>PKCS#8 form of the 2048 bit key that signs the webhooks.</summary>
    public required byte[] PrivateKey { get; init; }

    /// <summary>Agent that API calls act as; the one an admin created for the bot.</summary>
    public required string BotAgentId { get; init; }

    /// <summary>The one webhook URL (freshchat.md 6); empty until an admin enters it.</summary>
    public string WebhookUrl { get; set; } = "";

    /// <summary>The toggle beside the URL: while it is off, events are not sent and not kept.</summary>
    public bool WebhookEnabled { get; set; }

    /// <summary>True when events of now on reach somebody.</summary>
    public bool SendsWebhooks => WebhookEnabled && WebhookUrl.Length > 0;

    /// <summary>Whether <paramref name="token"/> is this account's; takes the same time for every wrong token.</summary>
    public bool Accepts(string token) =>
        CryptographicOperations.FixedTimeEquals(
            SHA256.HashData(Encoding.UTF8.GetBytes(token)),
            SHA256.HashData(Encoding.UTF8.GetBytes(Token))
        );

    /// <summary>Base64 of RSASSA-PKCS1-v1_5 with SHA-256 over exactly these bytes (freshchat.md 8).</summary>
    public string Sign(byte[] body)
    {
        // Reading the key takes longer than signing with it.
        lock (_signing)
            return Convert.ToBase64String((_key ??= ReadKey()).SignData(body, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }

    /// <summary>The public key as Freshchat prints it: the label says PKCS#1, the content is SubjectPublicKeyInfo (freshchat.md 8).</summary>
    public string PublicKeyPem()
    {
        using var key = ReadKey();
        return PemEncoding.WriteString("RSA PUBLIC KEY", key.ExportSubjectPublicKeyInfo());
    }

    private RSA ReadKey()
    {
        var key = RSA.Create();
        key.ImportPkcs8PrivateKey(PrivateKey, out _);
        return key;
    }
}
