using Core.Outcomes;

namespace Core.Bots;

/// <summary>Whether a bot's settings fit its account: App ID, agent and group, each with its own refusal. Pure (freshchat.md 5.2, 5.3, 12.1).</summary>
public static class CheckAgainstAccount
{
    /// <summary>Everything at once: the first that does not fit, or who speaks and who takes over.</summary>
    public static Result<FoundInAccount> Whole(FreshchatProbe account, string? appId, string? agentId, string? groupName)
    {
        if (AppId(account, appId) is { } mismatch)
            return mismatch;
        var agent = Agent(account, agentId);
        if (!agent.Succeeded)
            return agent.Error;
        var group = Group(account, groupName, agentId);
        return group.Error is { } refused ? refused : new FoundInAccount(agent.Value, group.Value);
    }

    /// <summary>The App ID typed, if any, is the account's.</summary>
    public static Error? AppId(FreshchatProbe account, string? appId)
    {
        ArgumentNullException.ThrowIfNull(account);
        return string.IsNullOrWhiteSpace(appId) || string.Equals(appId.Trim(), account.AppId, StringComparison.OrdinalIgnoreCase)
            ? null
            : new Error("app_id_mismatch", "appId").With("found", account.AppId);
    }

    /// <summary>The agent exists and may speak.</summary>
    public static Result<AgentView> Agent(FreshchatProbe account, string? agentId)
    {
        ArgumentNullException.ThrowIfNull(account);
        if (string.IsNullOrWhiteSpace(agentId))
            return BotErrors.Required("agentId");
        if (account.Agents.FirstOrDefault(a => a.Id == agentId.Trim()) is not { } agent)
            return new Error("agent_not_found", "agentId");
        return agent.Deactivated ? new Error("agent_deactivated", "agentId").With("agent", agent.Name) : agent;
    }

    /// <summary>The group exists once and does not hold the bot's own agent, to whom the conversation would come back. Null = no group wanted.</summary>
    public static Result<GroupView?> Group(FreshchatProbe account, string? groupName, string? agentId)
    {
        ArgumentNullException.ThrowIfNull(account);
        if (string.IsNullOrWhiteSpace(groupName))
            return Result.Success<GroupView?>(null);
        var name = groupName.Trim();
        var found = account.Groups.Where(g => g.Name.Trim() == name).ToList();
        return found switch
        {
            [] => new Error("group_not_found", "groupName").With("group", name),
            [var group] when agentId is not null && group.AgentIds.Contains(agentId.Trim()) => new Error("group_contains_bot", "groupName").With(
                "group",
                name
            ),
            [var group] => group,
            _ => new Error("group_ambiguous", "groupName").With("group", name),
        };
    }
}

/// <summary>What a bot's settings name, as the account knows it.</summary>
/// <param name="Agent">In whose name the bot speaks.</param>
/// <param name="Group">Who takes over; null = nobody.</param>
public sealed record FoundInAccount(AgentView Agent, GroupView? Group);
