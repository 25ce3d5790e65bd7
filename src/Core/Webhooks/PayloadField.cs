using System.Text.Json;

namespace Core.Webhooks;

/// <summary>The names that are looked for in a payload (freshchat.md 6, 7). Those of plain values come first.</summary>
internal enum PayloadField
{
    Action,
    ActionTime,
    ActorId,
    ActorType,
    AppId,
    Assignor,
    AssignorId,
    BotsPrivateNote,
    ChannelId,
    ConversationId,
    CreatedTime,
    FromAgentId,
    FreshchatConversationId,
    Id,
    InteractionId,
    MessageType,
    ToAgentId,
    ToGroupId,
    UserId,

    /// <summary>How many names of plain values there are.</summary>
    PlainValues,
    Actor,
    Assignment,
    Content,
    Conversation,
    Data,
    Message,
    MessageParts,
    MsgParts,
    PartType,
    Properties,
    Reopen,
    Resolve,
    Text,

    /// <summary>Nothing that is looked for, a broken name among them.</summary>
    Other,
}

/// <summary>Tells the names of a payload apart without making strings of them.</summary>
internal static class PayloadFields
{
    private const int LongestName = 64;

    /// <summary>The name the reader stands on; a name may be written with escapes.</summary>
    public static PayloadField Of(ref Utf8JsonReader json)
    {
        Span<char> name = stackalloc char[LongestName];
        if (!PayloadText.TryDecode(json.ValueSpan, name, out var length))
            return PayloadField.Other;
        return name[..length] switch
        {
            "action" => PayloadField.Action,
            "action_time" => PayloadField.ActionTime,
            "actor" => PayloadField.Actor,
            "actor_id" => PayloadField.ActorId,
            "actor_type" => PayloadField.ActorType,
            "app_id" => PayloadField.AppId,
            "assignment" => PayloadField.Assignment,
            "assignor" => PayloadField.Assignor,
            "assignor_id" => PayloadField.AssignorId,
            "botsPrivateNote" => PayloadField.BotsPrivateNote,
            "channel_id" => PayloadField.ChannelId,
            "content" => PayloadField.Content,
            "conversation" => PayloadField.Conversation,
            "conversation_id" => PayloadField.ConversationId,
            "created_time" => PayloadField.CreatedTime,
            "data" => PayloadField.Data,
            "freshchat_conversation_id" => PayloadField.FreshchatConversationId,
            "from_agent_id" => PayloadField.FromAgentId,
            "id" => PayloadField.Id,
            "interaction_id" => PayloadField.InteractionId,
            "message" => PayloadField.Message,
            "message_parts" => PayloadField.MessageParts,
            "message_type" => PayloadField.MessageType,
            "msg_parts" => PayloadField.MsgParts,
            "part_type" => PayloadField.PartType,
            "properties" => PayloadField.Properties,
            "reopen" => PayloadField.Reopen,
            "resolve" => PayloadField.Resolve,
            "text" => PayloadField.Text,
            "to_agent_id" => PayloadField.ToAgentId,
            "to_group_id" => PayloadField.ToGroupId,
            "user_id" => PayloadField.UserId,
            _ => PayloadField.Other,
        };
    }
}
