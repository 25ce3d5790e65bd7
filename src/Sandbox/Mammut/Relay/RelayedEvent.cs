using System.Text.Json.Nodes;

namespace Sandbox.Mammut.Relay;

/// <summary>What the platform reads of a relayed Freshchat webhook; every generation is understood (freshchat.md 6, 7).</summary>
/// <param name="AppId">The account.</param>
/// <param name="ConversationId">As the webhook spells it.</param>
/// <param name="Question">What a customer says; null for everything the bot does not answer.</param>
/// <param name="EndsEpisode">A resolution or reopening: the bot may answer again.</param>
internal sealed record RelayedEvent(string AppId, string ConversationId, RelayedQuestion? Question, bool EndsEpisode)
{
    /// <summary>Null when it has not the shape of a Freshchat webhook.</summary>
    public static RelayedEvent? Read(JsonObject body)
    {
        var data = body["data"] as JsonObject;
        if (data?["message"] is JsonObject message)
            return Text(message, "app_id") is { } app && Text(message, "conversation_id") is { } conversation
                ? new(app, conversation, RelayedQuestion.Read(message, body["actor"] as JsonObject), false)
                : null;
        var state = (data?["assignment"] ?? data?["resolve"] ?? data?["reopen"]) as JsonObject;
        return state?["conversation"] is JsonObject about
            && Text(about, "app_id") is { } account
            && Text(about, "conversation_id") is { } id
            ? new(account, id, null, !data!.ContainsKey("assignment"))
            : null;
    }

    /// <summary>A field that is a text; null when it is missing or anything else.</summary>
    public static string? Text(JsonObject? json, string name) =>
        json?[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}

/// <summary>A customer's message.</summary>
internal sealed record RelayedQuestion(string MessageId, string ActorId, string Text)
{
    /// <summary>Null unless a customer wrote it for everybody to see, in text.</summary>
    public static RelayedQuestion? Read(JsonObject message, JsonObject? actor)
    {
        var by = RelayedEvent.Text(message, "actor_type") ?? RelayedEvent.Text(actor, "actor_type");
        var isNote = message["botsPrivateNote"] is JsonValue note && note.TryGetValue<bool>(out var set) && set;
        if (by != "user" || isNote || (RelayedEvent.Text(message, "message_type") ?? "normal") != "normal")
            return null;
        var texts = (message["message_parts"] as JsonArray)?.OfType<JsonObject>().Select(p => RelayedEvent.Text(p["text"] as JsonObject, "content"));
        texts ??= (message["msg_parts"] as JsonArray)?.OfType<JsonObject>().Select(p => RelayedEvent.Text(p["properties"] as JsonObject, "text"));
        var text = string.Join('\n', texts?.OfType<string>() ?? []);
        return RelayedEvent.Text(message, "id") is { } id && text.Length > 0
            ? new(id, RelayedEvent.Text(message, "actor_id") ?? RelayedEvent.Text(actor, "actor_id") ?? "", text)
            : null;
    }
}
