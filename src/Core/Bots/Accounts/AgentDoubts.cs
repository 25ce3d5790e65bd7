using System.Text.RegularExpressions;

namespace Core.Bots.Accounts;

/// <summary>Why an agent looks like a person rather than the bot's own. Pure; a doubt forbids nothing.</summary>
public static partial class AgentDoubts
{
    private static readonly string[] LeadingRoles = ["admin", "owner", "supervisor", "manager"];

    /// <summary>
    /// Every doubt: people lead an account and take over in groups; the agent of a bot does neither. One whose name or mailbox says that it is a bot
    /// may be a member of a group; that the group cannot take over from it is said where a group is chosen (freshchat.md 12.1).
    /// </summary>
    public static IReadOnlyList<AgentDoubt> Of(FreshchatProbe account, AgentView agent)
    {
        ArgumentNullException.ThrowIfNull(account);
        ArgumentNullException.ThrowIfNull(agent);
        var doubts = new List<AgentDoubt>();
        if (LeadingRoles.Any(role => agent.RoleName?.Contains(role, StringComparison.OrdinalIgnoreCase) is true))
            doubts.Add(new("Leads", null));
        if (!SaysBot(agent))
            doubts.AddRange(account.Groups.Where(group => group.AgentIds.Contains(agent.Id)).Select(group => new AgentDoubt("Member", group.Name)));
        return doubts;
    }

    /// <summary>Every doubt about the agent of that id, as chosen or typed; none about an id that the account does not know.</summary>
    public static IReadOnlyList<AgentDoubt> Of(FreshchatProbe account, string? agentId)
    {
        ArgumentNullException.ThrowIfNull(account);
        return account.Agents.FirstOrDefault(agent => agent.Id == agentId?.Trim()) is { } agent ? Of(account, agent) : [];
    }

    private static bool SaysBot(AgentView agent) => Bot().IsMatch(agent.Name) || Bot().IsMatch(agent.Email?.Split('@')[0] ?? "");

    // A word of its own: Abbot and Talbot are people.
    [GeneratedRegex(@"(?<![\p{L}\p{N}])(?:chat|ro)?bot(?!\p{L})", RegexOptions.IgnoreCase)]
    private static partial Regex Bot();
}

/// <summary>One doubt.</summary>
/// <param name="Why"><c>Leads</c> or <c>Member</c>.</param>
/// <param name="Group">The group, where that is the matter.</param>
public sealed record AgentDoubt(string Why, string? Group);
