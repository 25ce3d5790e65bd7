using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Core.Security;

/// <summary>Encrypts tokens at rest with Data Protection, whose keys lie in the portal's database (portal.md 2).</summary>
public sealed class Secrets(IDataProtectionProvider provider)
{
    private readonly IDataProtector _tokens = provider.CreateProtector("freshchat-api-token");

    /// <summary>Encrypts a token for storage.</summary>
    public string Protect(string token) => _tokens.Protect(token);

    /// <summary>The token in clear text, or null when it was encrypted with keys that this database does not hold.</summary>
    public string? Reveal(string? protectedToken)
    {
        if (protectedToken is null)
            return null;
        try
        {
            return _tokens.Unprotect(protectedToken);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>What may be shown of a token: its last four characters, and nothing of a short one.</summary>
    public static string Hint(string token)
    {
        ArgumentNullException.ThrowIfNull(token);
        return token.Length < 16 ? "…" : "…" + token[^4..];
    }
}
