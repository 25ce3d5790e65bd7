using System.Text.Json.Nodes;
using Sandbox.Freshchat.Conversations;

namespace Sandbox.Freshchat.Webhooks;

/// <summary>
/// Writes an event as the account's webhook carries it. The shape of 2025 is the fullest; older generations are it, less what they
/// did not know yet (freshchat.md 6, 7).
/// </summary>
internal static class EventPayload
{
    /// <summary>The action's name in the envelope.</summary>
    public static string Action(ConversationEvent happened) =>
        happened switch
        {
            MessageCreated => "message_create",
            Assignment => "conversation_assignment",
            Resolution => "conversation_resolution",
            Reopening => "conversation_reopen",
            _ => throw new NotSupportedException(happened.GetType().Name),
        };

    /// <summary>The exact bytes of the body.</summary>
    /// <param name="happened">The event.</param>
    /// <param name="appId">The account.</param>
    /// <param name="generation">The shape.</param>
    /// <param name="withoutUrls">Leaves out where images and files lie.</param>
    public static byte[] Write(ConversationEvent happened, string appId, PayloadGeneration generation, bool withoutUrls) =>
        WireJson.Bytes(
            new JsonObject
            {
                ["actor"] = new JsonObject
                {
                    ["actor_type"] = happened.By.Type,
                    ["actor_id"] = ActorId(happened.By, happened.Conversation, generation),
                },
                ["action"] = Action(happened),
                ["action_time"] = happened.At.Wire(),
                ["data"] = happened switch
                {
                    MessageCreated e => new JsonObject { ["message"] = Message(e, appId, generation, withoutUrls) },
                    Assignment e => new JsonObject { ["assignment"] = Assigned(e, appId, generation) },
                    Resolution e => new JsonObject { ["resolve"] = State(e, "resolver", appId, generation) },
                    _ => new JsonObject { ["reopen"] = State(happened, "reopener", appId, generation) },
                },
            }
        );

    private static JsonObject Message(MessageCreated happened, string appId, PayloadGeneration generation, bool withoutUrls)
    {
        var (conversation, message) = (happened.Conversation, happened.Message);
        var shape = WireJson.Message(message, conversation, appId, withoutUrls);
        shape["actor_id"] = ActorId(happened.By, conversation, generation);
        shape["conversation_id"] = IdForms.Of(conversation, appId, generation);
        shape["user_id"] = IdForms.Of(conversation.User, generation);
        if (generation < PayloadGeneration.Y2025)
            Drop(shape, "bots_input", "isBotsInput", "freshchat_conversation_id", "freshchat_channel_id");
        if (generation < PayloadGeneration.Y2022)
            Drop(shape, "restrictResponse", "botsPrivateNote");
        if (generation < PayloadGeneration.Y2021)
            Drop(shape, "interaction_id");
        if (generation is not (PayloadGeneration.Y2021 or PayloadGeneration.Y2025))
            Drop(shape, "org_actor_id");
        if (generation is PayloadGeneration.Y2019 or PayloadGeneration.Y2021)
            shape["message_source"] = "web";
        if (generation == PayloadGeneration.Y2022)
        {
            Drop(shape, "message_type");
            shape["botsPrivateNote"] = message.Type == Conversations.Message.Private;
        }
        if (generation == PayloadGeneration.Y2019 && message.ActorType == "user")
            Drop(shape, "user_id");
        if (generation == PayloadGeneration.Y2018)
        {
            shape.Insert(0, "msg_parts", OldParts(shape["message_parts"]!.AsArray()));
            Drop(shape, "message_parts", "actor_id");
        }
        return shape;
    }

    private static JsonArray OldParts(JsonArray parts)
    {
        var old = new JsonArray();
        foreach (var part in parts.OfType<JsonObject>())
        foreach (var (type, content) in part)
            old.Add(
                new JsonObject
                {
                    ["properties"] =
                        type == "text" ? new JsonObject { ["text"] = content?["content"]?.DeepClone() } : content?.DeepClone(),
                    ["part_type"] = type,
                }
            );
        return old;
    }

    private static JsonObject Assigned(Assignment happened, string appId, PayloadGeneration generation)
    {
        var conversation = happened.Conversation;
        var shape = new JsonObject
        {
            ["assignor"] = happened.By.Type,
            ["assignor_id"] = ActorId(happened.By, conversation, generation),
            ["to_agent_id"] = conversation.AgentId ?? "",
            ["to_group_id"] = conversation.GroupId ?? "",
            ["from_agent_id"] = happened.FromAgent ?? "",
            ["from_group_id"] = happened.FromGroup ?? "",
        };
        if (generation == PayloadGeneration.Y2018)
            Drop(shape, "to_group_id", "from_group_id");
        return WithConversation(shape, happened, appId, generation);
    }

    private static JsonObject State(ConversationEvent happened, string actor, string appId, PayloadGeneration generation) =>
        WithConversation(
            new() { [actor] = happened.By.Type, [$"{actor}_id"] = ActorId(happened.By, happened.Conversation, generation) },
            happened,
            appId,
            generation
        );

    private static JsonObject WithConversation(
        JsonObject shape,
        ConversationEvent happened,
        string appId,
        PayloadGeneration generation
    )
    {
        shape["conversation"] = Conversation(happened, appId, generation);
        if (generation >= PayloadGeneration.Y2021)
            shape["interaction_id"] = happened.Conversation.InteractionId;
        return shape;
    }

    private static JsonObject Conversation(ConversationEvent happened, string appId, PayloadGeneration generation)
    {
        var conversation = happened.Conversation;
        var shape = new JsonObject
        {
            ["conversation_id"] = IdForms.Of(conversation, appId, generation),
            ["freshchat_conversation_id"] = $"{conversation.NumericId}",
            ["app_id"] = appId,
            ["status"] = happened is Reopening && generation == PayloadGeneration.Y2018 ? "reopen" : conversation.Status,
            ["channel_id"] = conversation.TopicId,
            ["freshchat_channel_id"] = $"{conversation.Topic.NumericId}",
        };
        if (conversation.AgentId is not null)
            shape["assigned_agent_id"] = conversation.AgentId;
        if (conversation.AgentId is not null && generation == PayloadGeneration.Y2025)
            shape["assigned_org_agent_id"] = conversation.AgentOrganisationId;
        if (conversation.GroupId is not null && generation > PayloadGeneration.Y2018)
            shape["assigned_group_id"] = conversation.GroupId;
        if (generation >= PayloadGeneration.Y2022)
            (shape["skill_id"], shape["sla_policy_id"], shape["sla_breached"]) = (0, 0, false);
        if (generation < PayloadGeneration.Y2025)
            Drop(shape, "freshchat_conversation_id", "freshchat_channel_id");
        if (generation == PayloadGeneration.Y2018)
            Drop(shape, "channel_id");
        return shape;
    }

    private static string ActorId(Actor actor, Conversation conversation, PayloadGeneration generation) =>
        actor.Type == "user" ? IdForms.Of(conversation.User, generation) : actor.Id;

    private static void Drop(JsonObject shape, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
            shape.Remove(name);
    }
}
