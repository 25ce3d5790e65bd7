using System.Text.Json;

namespace Core.Webhooks;

/// <summary>Tells what a payload of any generation means; pure (freshchat.md 6, 7).</summary>
internal static class EventReader
{
    // Lengths of the columns.
    private const int LongestAction = 100;
    private const int LongestWord = 40;

    public static FreshchatEvent Read(in PayloadNotes payload)
    {
        var action = PayloadText.Word(payload.Body, payload.Envelope[PayloadField.Action], LongestAction) ?? "";
        return action switch
        {
            "message_create" => Message(payload, action, payload.Data.Message),
            "conversation_assignment" => State(payload, action, EventKind.Assigned, payload.Data.Assignment),
            "conversation_resolution" => State(payload, action, EventKind.Resolved, payload.Data.Resolve),
            "conversation_reopen" => State(payload, action, EventKind.Reopened, payload.Data.Reopen),
            _ => Unknown(payload, action),
        };
    }

    private static FreshchatEvent Message(in PayloadNotes payload, string action, in PayloadSection message)
    {
        var body = payload.Body;
        var actorType = Word(body, message.Own, PayloadField.ActorType) ?? Word(body, payload.Actor, PayloadField.ActorType);
        var actorId = Id(body, message.Own, PayloadField.ActorId) ?? Id(body, payload.Actor, PayloadField.ActorId);
        var type = Word(body, message.Own, PayloadField.MessageType) ?? "normal";
        var note = type == "private" || message.Own[PayloadField.BotsPrivateNote].Type is JsonTokenType.True;
        return new()
        {
            Action = action,
            Kind = EventKind.MessageCreated,
            Time = PayloadText.Time(body, message.Own[PayloadField.CreatedTime]) ?? ActionTime(payload),
            AppId = Id(body, message.Own, PayloadField.AppId),
            ConversationId = Id(body, message.Own, PayloadField.ConversationId),
            NumericConversationId = Id(body, message.Own, PayloadField.FreshchatConversationId),
            ChannelId = Id(body, message.Own, PayloadField.ChannelId),
            InteractionId = Id(body, message.Own, PayloadField.InteractionId),
            UserId = Id(body, message.Own, PayloadField.UserId) ?? (actorType == "user" ? actorId : null),
            ActorType = actorType,
            ActorId = actorId,
            Message = new(Id(body, message.Own, PayloadField.Id), type, note, Text(body, message)),
        };
    }

    private static FreshchatEvent State(in PayloadNotes payload, string action, EventKind kind, in PayloadSection state)
    {
        var body = payload.Body;
        return new()
        {
            Action = action,
            Kind = kind,
            Time = ActionTime(payload),
            AppId = Id(body, state.Conversation, PayloadField.AppId),
            ConversationId = Id(body, state.Conversation, PayloadField.ConversationId),
            NumericConversationId = Id(body, state.Conversation, PayloadField.FreshchatConversationId),
            ChannelId = Id(body, state.Conversation, PayloadField.ChannelId),
            InteractionId = Id(body, state.Own, PayloadField.InteractionId),
            ActorType = Word(body, payload.Actor, PayloadField.ActorType),
            ActorId = Id(body, payload.Actor, PayloadField.ActorId),
            Assignment =
                kind is EventKind.Assigned
                    ? new(
                        Word(body, state.Own, PayloadField.Assignor),
                        Id(body, state.Own, PayloadField.AssignorId),
                        Id(body, state.Own, PayloadField.ToAgentId),
                        Id(body, state.Own, PayloadField.ToGroupId),
                        Id(body, state.Own, PayloadField.FromAgentId)
                    )
                    : null,
        };
    }

    private static FreshchatEvent Unknown(in PayloadNotes payload, string action) =>
        new()
        {
            Action = action,
            Kind = EventKind.Unknown,
            Time = ActionTime(payload),
            AppId = PayloadText.Id(payload.Body, payload.Data.FirstAppId),
            ConversationId = PayloadText.Id(payload.Body, payload.Data.FirstConversationId),
            ActorType = Word(payload.Body, payload.Actor, PayloadField.ActorType),
            ActorId = Id(payload.Body, payload.Actor, PayloadField.ActorId),
        };

    // freshchat.md 10: all text parts, joined by a line feed, nothing trimmed inside.
    private static string? Text(ReadOnlySpan<byte> body, in PayloadSection message)
    {
        List<string> said = [];
        foreach (var value in message.Texts ?? message.OldestTexts ?? [])
        {
            if (PayloadText.Words(body, value) is { } words)
                said.Add(words);
        }
        return said.All(string.IsNullOrEmpty) ? null : string.Join('\n', said);
    }

    private static DateTimeOffset? ActionTime(in PayloadNotes payload) => PayloadText.Time(payload.Body, payload.Envelope[PayloadField.ActionTime]);

    private static string? Id(ReadOnlySpan<byte> body, in PayloadValues values, PayloadField field) => PayloadText.Id(body, values[field]);

    private static string? Word(ReadOnlySpan<byte> body, in PayloadValues values, PayloadField field) =>
        PayloadText.Word(body, values[field], LongestWord);
}
