namespace Core.Bots.Accounts;

/// <summary>Why an agent looks like a person rather than the bot's own. Pure; a doubt forbids nothing.</summary>
public static class AgentDoubts
{
    private static readonly string[] LeadingRoles = ["admin", "owner", "supervisor", "manager"];

    /// <summary>Every doubt: people lead an account and take over in groups; the agent of a bot does neither.</summary>
    public static IReadOnlyList<AgentDoubt> Of(FreshchatProbe account, AgentView agent)
    {
        ArgumentNullException.ThrowIfNull(account);
        ArgumentNullException.ThrowIfNull(agent);
        var doubts = new List<AgentDoubt>();
        if (LeadingRoles.Any(role => agent.RoleName?.Contains(role, StringComparison.OrdinalIgnoreCase) is true))
            doubts.Add(new("Leads", null));
        doubts.AddRange(account.Groups.Where(group => group.AgentIds.Contains(agent.Id)).Select(group => new AgentDoubt("Member", group.Name)));
        return doubts;
    }
}

/// <summary>One doubt.</summary>
/// <param name="Why"><c>Leads</c> or <c>Member</c>.</param>
/// <param name="Group">The group, where that is the matter.</param>
public sealed record AgentDoubt(string Why, string? Group);
