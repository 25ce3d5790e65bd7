using System.Buffers.Text;
using System.Security.Cryptography;

namespace Core.Bots;

/// <summary>The addresses that an admin pastes into Freshchat (freshchat.md 9.1).</summary>
/// <param name="publicUrl">Asks for the portal's public address; it may be known only once the portal listens.</param>
public sealed class WebhookAddress(Func<string> publicUrl)
{
    /// <summary>Path of the shared webhook; a bot's own one lies below it.</summary>
    public const string Path = "/channels/freshchat";

    /// <summary>The bot's own address.</summary>
    public string Of(Bot bot)
    {
        ArgumentNullException.ThrowIfNull(bot);
        return $"{publicUrl().TrimEnd('/')}{Path}/{bot.WebhookId}";
    }

    /// <summary>The shared address, where the bot is found by App ID.</summary>
    public string Shared => publicUrl().TrimEnd('/') + Path;

    /// <summary>A last segment that nobody can guess: 192 random bits.</summary>
    public static string NewId() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(24));
}
