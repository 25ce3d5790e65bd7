using Core.Outcomes;

namespace Core.Bots.Accounts;

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
        if (string.IsNullOrWhiteSpace(appId) || string.Equals(appId.Trim(), account.AppId, StringComparison.OrdinalIgnoreCase))
            return null;
        // What does not even look like the account's cannot be another account's.
        var malformed = Guid.TryParse(account.AppId, out _) && !Guid.TryParse(appId, out _);
        return new Error(malformed ? "app_id_malformed" : "app_id_mismatch", "appId").With("found", account.AppId);
    }

    /// <summary>The agent exists and may speak.</summary>
    public static Result<AgentView> Agent(FreshchatProbe account, string? agentId)
    {
        ArgumentNullException.ThrowIfNull(account);
        if (string.IsNullOrWhiteSpace(agentId))
            return BotErrors.Required("agentId");
        if (account.Agents.FirstOrDefault(a => a.Id == agentId.Trim()) is not { } agent)
            return new Error("agent_not_found", "agentId");
        return Refusal(agent) is { } refused ? refused : agent;
    }

    /// <summary>Why an agent of the account cannot be the bot's, for lists that offer them; null = it can.</summary>
    public static Error? Refusal(AgentView agent)
    {
        ArgumentNullException.ThrowIfNull(agent);
        return agent.Deactivated ? new Error("agent_deactivated", "agentId").With("agent", agent.Name) : null;
    }

    /// <summary>The group exists once and does not hold the bot's own agent, to whom the conversation would come back. Null = no group wanted.</summary>
    public static Result<GroupView?> Group(FreshchatProbe account, string? groupName, string? agentId)
    {
        ArgumentNullException.ThrowIfNull(account);
        if (string.IsNullOrWhiteSpace(groupName))
            return Result.Success<GroupView?>(null);
        var name = groupName.Trim();
        if (account.Groups.FirstOrDefault(g => g.Name.Trim() == name) is not { } group)
            return new Error("group_not_found", "groupName").With("group", name);
        return Refusal(account, group, agentId) is { } refused ? refused : group;
    }

    /// <summary>Why a group of the account cannot take over from an agent, for lists that offer them; null = it can (freshchat.md 12.1).</summary>
    public static Error? Refusal(FreshchatProbe account, GroupView group, string? agentId)
    {
        ArgumentNullException.ThrowIfNull(account);
        ArgumentNullException.ThrowIfNull(group);
        var name = group.Name.Trim();
        return account.Groups.Count(other => other.Name.Trim() == name) > 1 ? new Error("group_ambiguous", "groupName").With("group", name)
            : agentId is not null && group.AgentIds.Contains(agentId.Trim()) ? new Error("group_contains_bot", "groupName").With("group", name)
            : null;
    }
}

/// <summary>What a bot's settings name, as the account knows it.</summary>
/// <param name="Agent">In whose name the bot speaks.</param>
/// <param name="Group">Who takes over; null = nobody.</param>
public sealed record FoundInAccount(AgentView Agent, GroupView? Group);
