using System.Security.Cryptography;
using System.Text.Json;

namespace Benchmarks.Load;

/// <summary>The Freshchat account of the benchmarks; kept with its key pair, so that signed webhooks can be used again.</summary>
internal sealed record Account(string AppId, string AgentId, string GroupId, string Token, string PrivateKey)
{
    public const string GroupName = "Support";

    /// <summary>The public key as Freshchat prints it (freshchat.md 8).</summary>
    public string PublicKey()
    {
        using var key = Key();
        return PemEncoding.WriteString("RSA PUBLIC KEY", key.ExportSubjectPublicKeyInfo());
    }

    /// <summary>The key pair, 2048 bits; the caller disposes of it.</summary>
    public RSA Key()
    {
        var key = RSA.Create();
        key.ImportPkcs8PrivateKey(Convert.FromBase64String(PrivateKey), out _);
        return key;
    }

    /// <summary>The account of that folder, made when it is new.</summary>
    public static Account Of(string folder)
    {
        Directory.CreateDirectory(folder);
        var file = Path.Combine(folder, "account.json");
        if (File.Exists(file))
            return JsonSerializer.Deserialize<Account>(File.ReadAllText(file))!;
        using var key = RSA.Create(2048);
        var account = new Account(
            Guid.NewGuid().ToString(),
            Guid.NewGuid().ToString(),
            Guid.NewGuid().ToString(),
            $"benchmark-{Guid.NewGuid():N}",
            Convert.ToBase64String(key.ExportPkcs8PrivateKey())
        );
        File.WriteAllText(file, JsonSerializer.Serialize(account));
        return account;
    }
}
