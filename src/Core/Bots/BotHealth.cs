namespace Core.Bots;

/// <summary>How a bot stands, by what is known without asking anybody. Pure.</summary>
internal static class BotHealth
{
    public static IReadOnlyList<BotCheck> Of(Bot bot, BotActivity? activity) =>
        [
            bot.ProtectedToken is null ? new("token", CheckState.Failed, "token_missing")
                : bot.TokenRefusedAt is not null ? new("token", CheckState.Failed, "token_refused")
                : new("token", CheckState.Ok),
            bot.Keys.Count == 0 ? new("key", CheckState.Failed, "public_key_missing") : new("key", CheckState.Ok),
            bot.MammutId is null ? new("mammut", CheckState.Failed, "mammut_missing") : new("mammut", CheckState.Ok),
            bot.GroupName is null ? new("group", CheckState.Warning, "group_missing") : new("group", CheckState.Ok),
            activity is null ? new("events", CheckState.Warning, "no_event_yet") : new("events", CheckState.Ok),
        ];
}
