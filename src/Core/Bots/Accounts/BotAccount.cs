using Core.Freshchat;
using Core.Outcomes;
using Core.Security;

namespace Core.Bots.Accounts;

/// <summary>A bot's way to its Freshchat account.</summary>
public static class BotAccount
{
    /// <summary>The account with its token in clear text. Errors: <c>required</c>, <c>token_unreadable</c>.</summary>
    public static Result<FreshchatAccount> Of(Bot bot, Secrets secrets)
    {
        ArgumentNullException.ThrowIfNull(bot);
        ArgumentNullException.ThrowIfNull(secrets);
        if (bot.ChatUrl.Length == 0)
            return BotErrors.Required("chatUrl");
        if (bot.ProtectedToken is null)
            return BotErrors.Required("apiToken");
        return secrets.Reveal(bot.ProtectedToken) is { } token
            ? new FreshchatAccount(bot.ChatUrl, token, bot.AppId.Length > 0 ? bot.AppId : null)
            : BotErrors.TokenUnreadable;
    }
}
