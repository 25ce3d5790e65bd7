using System.Globalization;
using Core.Bots.Accounts;
using Core.Mammut;
using Core.Outcomes;

namespace Core.Bots.Checks;

/// <summary>What the answers of the far sides mean for a bot: findings and differences. Pure (freshchat.md 3.1, 5.3, 12.1; mammut.md 3.3, 4.1).</summary>
internal static class JudgeBot
{
    // Time enough to ask whoever may make a new token, too short to be overlooked for months.
    private static readonly TimeSpan ExpiresSoon = TimeSpan.FromDays(14);

    public static (IReadOnlyList<BotCheck> Found, IReadOnlyList<Difference> Differences) Of(
        Bot bot,
        Result<FreshchatProbe> account,
        FarResult<MammutUser?>? mammut,
        DateTimeOffset now
    )
    {
        var differences = Freshchat(bot, account.Value).Concat(Mammut(bot, mammut?.Value)).ToList();
        var found = OfAccount(bot, account, now).Concat(OfMammut(bot, mammut)).ToList();
        if (differences.Count > 0)
            found.Add(new("drift", CheckState.Warning, "drift") { Count = differences.Count });
        // Whoever did not answer was not compared with.
        else if (account.Succeeded && mammut?.Value is not null)
            found.Add(new("drift", CheckState.Ok));
        return ([.. found.Select(check => check with { CheckedAt = now })], differences);
    }

    private static IEnumerable<BotCheck> OfAccount(Bot bot, Result<FreshchatProbe> account, DateTimeOffset now)
    {
        if (account.Error is { } error)
        {
            // Whoever refuses a token has been reached.
            var check = error.Code switch
            {
                FarCode.TokenRefused or "token_unreadable" or "required" => "token",
                FarCode.TokenForbidden => "scope",
                _ => "freshchat",
            };
            yield return Failed(check, error.Code is "required" ? new("token_missing") : error);
            if (check is not "freshchat" && error.Code is FarCode.TokenRefused or FarCode.TokenForbidden)
                yield return new("freshchat", CheckState.Ok);
            yield break;
        }
        yield return new("freshchat", CheckState.Ok);
        yield return OfToken(account.Value!, now);
        yield return new("scope", CheckState.Ok);
        yield return Judged("app_id", CheckAgainstAccount.AppId(account.Value!, bot.AppId));
        yield return Judged("agent", CheckAgainstAccount.Agent(account.Value!, bot.AgentId).Error);
        if (bot.GroupName is not null)
            yield return Judged("group", CheckAgainstAccount.Group(account.Value!, bot.GroupName, bot.AgentId).Error);
    }

    // What a token says of itself is no more than a warning: Freshchat, which alone decides, has just accepted it (freshchat.md 2.2).
    private static BotCheck OfToken(FreshchatProbe account, DateTimeOffset now) =>
        account.TokenWarnings.FirstOrDefault(warning => warning.At - now <= ExpiresSoon) is { At: { } end, Code: var code }
            ? new("token", CheckState.Warning, code) { Arguments = new Dictionary<string, string> { ["at"] = end.ToString("O", CultureInfo.InvariantCulture) } }
            : new("token", CheckState.Ok);

    private static IEnumerable<BotCheck> OfMammut(Bot bot, FarResult<MammutUser?>? mammut)
    {
        if (mammut is null)
            yield break;
        if (mammut.Failure is { } failure)
        {
            yield return Failed("mammut_reachable", BotErrors.Mammut(failure));
            yield break;
        }
        yield return new("mammut_reachable", CheckState.Ok);
        yield return Judged(
            "mammut",
            mammut.Value is null ? new Error("mammut_id_unknown", "mammutId")
                : mammut.Value.UserType is { } type && type != "machine" ? new Error("mammut_id_not_a_bot", "mammutId")
                : null
        );
    }

    // A group that was renamed keeps its id, and an agent its own; turns go on until the names are looked up again.
    private static IEnumerable<Difference> Freshchat(Bot bot, FreshchatProbe? account)
    {
        if (account?.Agents.FirstOrDefault(agent => agent.Id == bot.AgentId) is { } speaker && bot.AgentName is not null && speaker.Name != bot.AgentName)
            yield return new(FarSideName.Freshchat, "agentName", bot.AgentName, speaker.Name);
        if (account?.Groups.FirstOrDefault(group => group.Id == bot.GroupId) is { } group && group.Name.Trim() != bot.GroupName)
            yield return new(FarSideName.Freshchat, "groupName", bot.GroupName, group.Name.Trim());
    }

    private static IEnumerable<Difference> Mammut(Bot bot, MammutUser? user)
    {
        if (user is null)
            return [];
        var properties = new (string Field, string? Ours, string? Theirs)[]
        {
            ("agentId", bot.AgentId, user.FreshchatActorId),
            ("appId", bot.AppId, user.FreshchatAppId),
            ("groupName", bot.GroupName, user.FreshchatGroupName),
        };
        // A platform that shows none of them holds them all the same.
        if (properties.All(property => property.Theirs is null))
            properties = [];
        return properties
            .Append((Field: "name", Ours: bot.Name, Theirs: user.Name ?? bot.Name))
            .Where(property => (property.Ours ?? "") != (property.Theirs ?? ""))
            .Select(property => new Difference(FarSideName.Mammut, property.Field, Null(property.Ours), Null(property.Theirs)));
    }

    private static string? Null(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static BotCheck Judged(string check, Error? error) => error is null ? new(check, CheckState.Ok) : Failed(check, error);

    private static BotCheck Failed(string check, Error error) =>
        new(check, CheckState.Failed, error.Code, error.Arguments.GetValueOrDefault("text")) { Arguments = error.Arguments.Count == 0 ? null : error.Arguments };
}
