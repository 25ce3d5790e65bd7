using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Core.Tests.Freshchat;

/// <summary>Bodies of webhooks as the newest generation writes them; times in minutes after the start of the story.</summary>
internal static class Webhook
{
    public const string Conversation = "90c79624-35b6-46d8-9b24-c0402596d24a";
    public const string FirstEpisode = "904417330215862-1000";
    public const string BotAgent = "70ad2ccd-03bb-405b-a04f-14a7b6d801b2";
    public const string OtherAgent = "126e79e2-e6ca-41d6-a1ad-bc4e10bfa287";
    public const string Group = "d0e414d9-68ed-4851-9ae0-a30dfef64997";

    public static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    /// <summary>The id of the episode that began in that minute.</summary>
    public static string EpisodeOf(double minute) => $"904417330215862-{Start.AddMinutes(minute).ToUnixTimeMilliseconds()}";

    public static byte[] Customer(string id, double minute, string? text = "hola", string? episode = FirstEpisode, string conversation = Conversation) =>
        Message(id, minute, "user", "e4a8e902-76fc-4fd7-abcb-b9cda4dbb9a7", text, episode, conversation);

    public static byte[] Agent(string id, double minute, string text = "soy Ana", string? episode = FirstEpisode) =>
        Message(id, minute, "agent", OtherAgent, text, episode, Conversation);

    public static byte[] Echo(string id, double minute, string text) => Message(id, minute, "agent", BotAgent, text, FirstEpisode, Conversation);

    public static byte[] Assigned(double minute, string? agent, string? group, string assignor = "agent", string? assignorId = OtherAgent) =>
        State(
            "conversation_assignment",
            "assignment",
            minute,
            new()
            {
                ["assignor"] = assignor,
                ["assignor_id"] = assignorId ?? "",
                ["to_agent_id"] = agent ?? "",
                ["to_group_id"] = group ?? "",
                ["from_agent_id"] = "",
            }
        );

    public static byte[] Resolved(double minute) => State("conversation_resolution", "resolve", minute, new() { ["resolver"] = "agent" });

    public static byte[] Reopened(double minute) => State("conversation_reopen", "reopen", minute, new() { ["reopener"] = "user" });

    private static byte[] Message(string id, double minute, string actorType, string actorId, string? text, string? episode, string conversation) =>
        Bytes(
            new()
            {
                ["actor"] = new JsonObject { ["actor_type"] = actorType, ["actor_id"] = actorId },
                ["action"] = "message_create",
                ["action_time"] = Time(minute),
                ["data"] = new JsonObject
                {
                    ["message"] = new JsonObject
                    {
                        ["message_parts"] = text is null
                            ? new JsonArray(new JsonObject { ["image"] = new JsonObject { ["url"] = "https://files.example.test/1.png" } })
                            : new JsonArray(new JsonObject { ["text"] = new JsonObject { ["content"] = text } }),
                        ["app_id"] = "424b1fee-9709-4315-85d9-5954058b4714",
                        ["actor_id"] = actorId,
                        ["actor_type"] = actorType,
                        ["id"] = id,
                        ["channel_id"] = "ee8f6454-f178-4ec7-b609-912fe2e7a724",
                        ["conversation_id"] = conversation,
                        ["interaction_id"] = episode,
                        ["message_type"] = "normal",
                        ["created_time"] = Time(minute),
                        ["user_id"] = "e4a8e902-76fc-4fd7-abcb-b9cda4dbb9a7",
                    },
                },
            }
        );

    private static byte[] State(string action, string name, double minute, JsonObject state)
    {
        state["conversation"] = new JsonObject { ["conversation_id"] = Conversation, ["app_id"] = "424b1fee-9709-4315-85d9-5954058b4714" };
        state["interaction_id"] = FirstEpisode;
        return Bytes(
            new()
            {
                ["actor"] = new JsonObject { ["actor_type"] = "agent", ["actor_id"] = OtherAgent },
                ["action"] = action,
                ["action_time"] = Time(minute),
                ["data"] = new JsonObject { [name] = state },
            }
        );
    }

    private static string Time(double minute) => Start.AddMinutes(minute).ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);

    private static byte[] Bytes(JsonObject json) => Encoding.UTF8.GetBytes(json.ToJsonString());
}
