using System.Globalization;
using System.Text.Json;

namespace Core.Webhooks;

/// <summary>Walks a payload of any generation; pure (freshchat.md 6, 7).</summary>
internal static class EventReader
{
    public static FreshchatEvent Read(JsonElement root)
    {
        var action = Text(root, "action") ?? "";
        var data = Child(root, "data");
        return action switch
        {
            "message_create" => Message(root, action, Child(data, "message")),
            "conversation_assignment" => State(root, action, EventKind.Assigned, Child(data, "assignment")),
            "conversation_resolution" => State(root, action, EventKind.Resolved, Child(data, "resolve")),
            "conversation_reopen" => State(root, action, EventKind.Reopened, Child(data, "reopen")),
            _ => Unknown(root, action, data),
        };
    }

    private static FreshchatEvent Message(JsonElement root, string action, JsonElement message)
    {
        var (actorType, actorId) = Author(root, message);
        var type = Text(message, "message_type") ?? "normal";
        return new()
        {
            Action = action,
            Kind = EventKind.MessageCreated,
            Time = Time(message, "created_time") ?? Time(root, "action_time"),
            AppId = Text(message, "app_id"),
            ConversationId = Text(message, "conversation_id"),
            NumericConversationId = Text(message, "freshchat_conversation_id"),
            ChannelId = Text(message, "channel_id"),
            InteractionId = Text(message, "interaction_id"),
            UserId = Text(message, "user_id") ?? (actorType == "user" ? actorId : null),
            ActorType = actorType,
            ActorId = actorId,
            Message = new(Text(message, "id"), type, type == "private" || Flag(message, "botsPrivateNote"), MessageText(message)),
        };
    }

    private static FreshchatEvent State(JsonElement root, string action, EventKind kind, JsonElement state)
    {
        var conversation = Child(state, "conversation");
        var (actorType, actorId) = Author(root, default);
        return new()
        {
            Action = action,
            Kind = kind,
            Time = Time(root, "action_time"),
            AppId = Text(conversation, "app_id"),
            ConversationId = Text(conversation, "conversation_id"),
            NumericConversationId = Text(conversation, "freshchat_conversation_id"),
            ChannelId = Text(conversation, "channel_id"),
            InteractionId = Text(state, "interaction_id"),
            ActorType = actorType,
            ActorId = actorId,
            Assignment =
                kind is EventKind.Assigned
                    ? new(
                        Text(state, "assignor"),
                        Text(state, "assignor_id"),
                        Text(state, "to_agent_id"),
                        Text(state, "to_group_id"),
                        Text(state, "from_agent_id")
                    )
                    : null,
        };
    }

    // freshchat.md 6: the first app_id in data.* or data.*.conversation.
    private static FreshchatEvent Unknown(JsonElement root, string action, JsonElement data)
    {
        var (actorType, actorId) = Author(root, default);
        string? appId = null,
            conversationId = null;
        if (data.ValueKind is JsonValueKind.Object)
        {
            foreach (var part in data.EnumerateObject().Select(p => p.Value))
            {
                appId ??= Text(part, "app_id") ?? Text(Child(part, "conversation"), "app_id");
                conversationId ??= Text(part, "conversation_id") ?? Text(Child(part, "conversation"), "conversation_id");
            }
        }
        return new()
        {
            Action = action,
            Kind = EventKind.Unknown,
            Time = Time(root, "action_time"),
            AppId = appId,
            ConversationId = conversationId,
            ActorType = actorType,
            ActorId = actorId,
        };
    }

    private static (string? Type, string? Id) Author(JsonElement root, JsonElement message)
    {
        var actor = Child(root, "actor");
        return (Text(message, "actor_type") ?? Text(actor, "actor_type"), Text(message, "actor_id") ?? Text(actor, "actor_id"));
    }

    private static string? MessageText(JsonElement message)
    {
        var texts = Parts(message, "message_parts").Select(p => RawText(Child(p, "text"), "content"));
        if (Child(message, "message_parts").ValueKind is not JsonValueKind.Array)
            texts = Parts(message, "msg_parts").Select(p => Text(p, "part_type") is "text" or null ? RawText(Child(p, "properties"), "text") : null);
        var said = texts.OfType<string>().ToList();
        return said.All(string.IsNullOrEmpty) ? null : string.Join('\n', said);
    }

    private static JsonElement.ArrayEnumerator Parts(JsonElement message, string name) =>
        Child(message, name) is { ValueKind: JsonValueKind.Array } parts ? parts.EnumerateArray() : default;

    private static JsonElement Child(JsonElement parent, string name)
    {
        if (parent.ValueKind is not JsonValueKind.Object)
            return default;
        try
        {
            return parent.TryGetProperty(name, out var child) ? child : default;
        }
        catch (InvalidOperationException)
        {
            return parent.EnumerateObject().LastOrDefault(p => IsNamed(p, name)).Value;
        }
    }

    // A broken name is the name of nothing that is looked for; it must not hide its neighbours.
    private static bool IsNamed(JsonProperty property, string name)
    {
        try
        {
            return property.NameEquals(name);
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static string? RawText(JsonElement parent, string name) =>
        Child(parent, name) is { ValueKind: JsonValueKind.String } text ? Unescape(text) : null;

    // A string with half a surrogate pair or broken UTF-8 is no text; it must not cost the whole event.
    private static string? Unescape(JsonElement text)
    {
        try
        {
            return text.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    // Ids and words: numbers are taken as text, absent and empty mean none (freshchat.md 5.6).
    private static string? Text(JsonElement parent, string name)
    {
        var child = Child(parent, name);
        var text = child.ValueKind switch
        {
            JsonValueKind.String => Unescape(child),
            JsonValueKind.Number => child.GetRawText(),
            _ => null,
        };
        return string.IsNullOrWhiteSpace(text) ? null : text;
    }

    private static bool Flag(JsonElement parent, string name) => Child(parent, name).ValueKind is JsonValueKind.True;

    // A clock that is centuries off tells nothing, and sums with its times would overflow.
    private static DateTimeOffset? Time(JsonElement parent, string name) =>
        DateTimeOffset.TryParse(
            Text(parent, name),
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var time
        ) && time.Year is > 1970 and < 3000
            ? time
            : null;
}
