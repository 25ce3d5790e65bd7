using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Sandbox.Freshchat.Account;

/// <summary>Makes tokens that look like Freshchat's: a JWT with scopes and ten years of life (freshchat.md 2.2).</summary>
internal static class AccessToken
{
    private const string Scope =
        "agent:read user:read conversation:read conversation:update message:create message:read group:read channel:read account:read";

    /// <summary>A new token; nothing of it can be guessed from another one.</summary>
    public static string Issue(string appId, DateTimeOffset now)
    {
        var header = Encode(
            new
            {
                alg = "HS256",
                typ = "JWT",
                kid = "sandbox",
            }
        );
        var claims = Encode(
            new
            {
                iss = "freshchat",
                aud = appId,
                typ = "Bearer",
                scope = Scope,
                iat = now.ToUnixTimeSeconds(),
                exp = now.AddYears(10).ToUnixTimeSeconds(),
                jti = Guid.NewGuid(),
            }
        );
        var seal = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        return $"{header}.{claims}.{seal}";
    }

    private static string Encode(object part) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(part)));
}
