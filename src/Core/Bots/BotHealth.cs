using Core.Bots.Accounts;
using Core.Bots.Checks;
using Core.Outcomes;

namespace Core.Bots;

/// <summary>
/// How a bot stands: what is known without asking anybody, and what the far sides said when they were last asked. What only they can tell and
/// have not told yet is <see cref="CheckState.NotChecked"/>. Pure.
/// </summary>
/// <remarks>The far sides and what was given up as this process and its database know them now: <see cref="BotSurroundings"/>.</remarks>
internal static class BotHealth
{
    // A shop may be closed for days; a webhook that was overwritten stays silent for good.
    private static readonly TimeSpan Silent = TimeSpan.FromDays(7);

    public static IReadOnlyList<BotCheck> Of(Bot bot, BotActivity? activity, BotSurroundings around, BotCheckup? checkup, DateTimeOffset now)
    {
        var asked = checkup?.Version == bot.Version ? checkup.Found : [];
        var known = Known(bot, activity, around, now).ToList();
        // What is known to be wrong now outweighs what was well when it was asked.
        return
        [
            .. known.Select(check => check.State is CheckState.NotChecked ? asked.FirstOrDefault(a => a.Check == check.Check) ?? check : check),
            .. asked.Where(check => known.All(k => k.Check != check.Check)),
        ];
    }

    private static IEnumerable<BotCheck> Known(Bot bot, BotActivity? activity, BotSurroundings around, DateTimeOffset now) =>
        [
            bot.ProtectedToken is null ? new("token", CheckState.Failed, "token_missing")
                : bot.TokenRefusedAt is not null ? new("token", CheckState.Failed, "token_refused")
                : Unasked("token"),
            Unasked("scope"),
            Unasked("app_id"),
            Unasked("agent"),
            bot.Keys.Count == 0 ? new("key", CheckState.Failed, "public_key_missing") : new("key", CheckState.Ok),
            bot.MammutId is null ? new("mammut", CheckState.Failed, "mammut_missing")
                : bot.IsUntold ? new("mammut", CheckState.Warning, "mammut_untold")
                : Unasked("mammut"),
            bot.GroupName is null ? new("group", CheckState.Warning, "group_missing") : Unasked("group"),
            around.Elsewhere is { } other ? new("events", other.Verified ? CheckState.Failed : CheckState.Warning, EventsElsewhere.Code)
                : activity is null ? new("events", CheckState.Warning, "no_event_yet")
                : now - activity.LastEventAt > Silent ? new("events", CheckState.Warning, "no_event_lately")
                : new("events", CheckState.Ok),
            around.Freshchat is CircuitState.Closed ? Unasked("freshchat") : new("freshchat", CheckState.Failed, FarCode.CircuitOpen),
            around.Mammut is CircuitState.Closed ? Unasked("mammut_reachable") : new("mammut_reachable", CheckState.Failed, FarCode.CircuitOpen),
            Unasked("drift"),
            around.DeadLetters == 0 ? new("dead_letters", CheckState.Ok)
                : new("dead_letters", CheckState.Failed, "dead_letters") { Count = around.DeadLetters },
            around.SetAside == 0 ? new("webhooks", CheckState.Ok)
                : new("webhooks", CheckState.Failed, "webhooks_set_aside") { Count = around.SetAside },
        ];

    private static BotCheck Unasked(string check) => new(check, CheckState.NotChecked);
}

/// <summary>What stands around a bot.</summary>
/// <param name="Freshchat">The circuit to its account.</param>
/// <param name="Mammut">The circuit to Mammut.</param>
/// <param name="DeadLetters">Conversations that wait behind something given up.</param>
/// <param name="SetAside">Webhooks that could not be applied.</param>
/// <param name="Elsewhere">Where its events go instead; null = nowhere, as far as is known.</param>
internal sealed record BotSurroundings(CircuitState Freshchat, CircuitState Mammut, int DeadLetters, int SetAside, EventsElsewhere? Elsewhere);
