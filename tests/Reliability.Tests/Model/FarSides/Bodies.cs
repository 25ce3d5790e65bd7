using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Reliability.Tests.Model.FarSides;

/// <summary>The JSON of the simulated Freshchat, as its newest generation writes it (freshchat.md 5-7).</summary>
internal static class Bodies
{
    public static byte[] Bytes(JsonObject body) => Encoding.UTF8.GetBytes(body.ToJsonString());

    public static JsonObject MessageCreated(ChatMessage message) =>
        Event(message.ActorType, message.Actor, "message_create", message.At, "message", Message(message));

    public static JsonObject Assigned(Chat chat, DateTimeOffset at, string by, string? agent, string? group, string? from) =>
        State(
            chat,
            at,
            "conversation_assignment",
            "assignment",
            by,
            new()
            {
                ["assignor"] = "agent",
                ["assignor_id"] = by,
                ["to_agent_id"] = agent ?? "",
                ["to_group_id"] = group ?? "",
                ["from_agent_id"] = from ?? "",
                ["from_group_id"] = "",
            }
        );

    public static JsonObject Resolved(Chat chat, DateTimeOffset at) =>
        State(chat, at, "conversation_resolution", "resolve", FreshchatModel.Person, new() { ["resolver"] = "agent", ["resolver_id"] = FreshchatModel.Person });

    public static JsonObject Reopened(Chat chat, DateTimeOffset at, string by) =>
        State(chat, at, "conversation_reopen", "reopen", chat.User, new() { ["reopener"] = by });

    public static JsonObject Message(ChatMessage message) =>
        new()
        {
            ["id"] = message.Id,
            ["app_id"] = FreshchatModel.AppId,
            ["actor_type"] = message.ActorType,
            ["actor_id"] = message.Actor,
            ["user_id"] = message.Chat.User,
            ["channel_id"] = "ee8f6454-f178-4ec7-b609-912fe2e7a724",
            ["conversation_id"] = message.Chat.Id,
            ["freshchat_conversation_id"] = message.Chat.NumericId,
            ["interaction_id"] = message.Episode,
            ["message_type"] = "normal",
            ["message_parts"] = new JsonArray(
                message.Text is null
                    ? new JsonObject { ["image"] = new JsonObject { ["url"] = "https://files.example.test/1.png" } }
                    : new JsonObject { ["text"] = new JsonObject { ["content"] = message.Text } }
            ),
            ["created_time"] = Time(message.At),
        };

    public static JsonObject Conversation(Chat chat) =>
        new()
        {
            ["conversation_id"] = chat.Id,
            ["conversation_internal_id"] = chat.NumericId,
            ["app_id"] = FreshchatModel.AppId,
            ["status"] = chat.Resolved ? "resolved" : "new",
            ["assigned_agent_id"] = chat.Agent ?? "",
            ["assigned_group_id"] = chat.Group ?? "",
            ["updated_time"] = Time(chat.UpdatedAt),
        };

    /// <summary>What an account tells about itself; null = there is no such thing.</summary>
    public static JsonObject? OfAccount(string what, string? id) =>
        what switch
        {
            "accounts" => new() { ["app_id"] = FreshchatModel.AppId },
            "users" => new() { ["id"] = id, ["properties"] = new JsonArray() },
            "agents" => List("agents", new JsonObject { ["id"] = FreshchatModel.BotAgent, ["first_name"] = "Bot" }),
            "groups" => List("groups", new JsonObject { ["id"] = FreshchatModel.Group, ["name"] = "Support" }),
            "channels" => List("channels", new JsonObject { ["id"] = "ee8f6454-f178-4ec7-b609-912fe2e7a724", ["name"] = "Comida" }),
            _ => null,
        };

    private static JsonObject List(string name, JsonObject only) =>
        new() { [name] = new JsonArray(only), ["pagination"] = new JsonObject { ["total_pages"] = 1, ["current_page"] = 1 } };

    private static JsonObject State(Chat chat, DateTimeOffset at, string action, string name, string actor, JsonObject state)
    {
        state["conversation"] = new JsonObject
        {
            ["conversation_id"] = chat.Id,
            ["freshchat_conversation_id"] = chat.NumericId,
            ["app_id"] = FreshchatModel.AppId,
        };
        state["interaction_id"] = chat.Episode;
        return Event("agent", actor, action, at, name, state);
    }

    private static JsonObject Event(string actorType, string actor, string action, DateTimeOffset at, string name, JsonObject data) =>
        new()
        {
            ["actor"] = new JsonObject { ["actor_type"] = actorType, ["actor_id"] = actor },
            ["action"] = action,
            ["action_time"] = Time(at),
            ["data"] = new JsonObject { [name] = data },
        };

    private static string Time(DateTimeOffset time) => time.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
}
