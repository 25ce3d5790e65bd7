using Core.Bots;
using Core.Conversations;

namespace Core.Webhooks;

/// <summary>What an assignment says about the owner: the table of freshchat.md 12.4. Pure.</summary>
public static class AssignmentRule
{
    /// <summary>The cause to record; null = nothing is concluded.</summary>
    public static OwnershipCause? Judge(Bot bot, AssignmentContent assignment)
    {
        if (assignment.ToAgentId is not { } agent)
            return null;
        var byAgent = assignment.Assignor == "agent";
        if (agent == bot.AgentId)
        {
            var byTheBot = assignment.AssignorId == bot.AgentId || assignment.FromAgentId == bot.AgentId;
            return byAgent && !byTheBot ? OwnershipCause.AssignedToBot : null;
        }
        var bySystem = assignment.Assignor == "system" && bot.Policies.SystemAssignment is SystemAssignment.TakeOver;
        return byAgent || bySystem ? OwnershipCause.TakeOver : null;
    }
}
