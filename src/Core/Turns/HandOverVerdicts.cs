using Core.Conversations;
using Core.Freshchat;

namespace Core.Turns;

/// <summary>What reading a conversation back shows after a hand-over: the table of freshchat.md 12.3. Pure.</summary>
public static class HandOverVerdicts
{
    /// <summary>Judges the conversation as Freshchat shows it.</summary>
    public static HandOverVerdict Judge(FreshchatConversation shown, string groupId, string botAgentId)
    {
        ArgumentNullException.ThrowIfNull(shown);
        if (shown.AssignedGroupId == groupId)
            return shown.AssignedAgentId == botAgentId ? HandOverVerdict.BotAgentClings : HandOverVerdict.Done;
        if (shown.AssignedAgentId is { } agent && agent != botAgentId)
            return HandOverVerdict.AgentHasIt;
        return shown.AssignedGroupId is null ? HandOverVerdict.NotAssigned : HandOverVerdict.Overridden;
    }
}
