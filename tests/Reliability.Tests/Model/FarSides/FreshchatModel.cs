using System.Text.Json.Nodes;
using Reliability.Tests.Model.Simulation;

namespace Reliability.Tests.Model.FarSides;

/// <summary>Freshchat as small as turns need it (freshchat.md 5, 12, 14.2): conversations in episodes, agents, groups, one token.</summary>
internal sealed class FreshchatModel(SimulatedTime time, TimeSpan ahead, Action<ChatEvent> send)
{
    public const string AppId = "424b1fee-9709-4315-85d9-5954058b4714";
    public const string BotAgent = "70ad2ccd-03bb-405b-a04f-14a7b6d801b2";
    public const string Person = "126e79e2-e6ca-41d6-a1ad-bc4e10bfa287";
    public const string Group = "d0e414d9-68ed-4851-9ae0-a30dfef64997";

    private readonly TimeProvider _clock = time.Clock(ahead);
    private DateTimeOffset _last;
    private int _ids;

    public List<Chat> Chats { get; } = [];

    /// <summary>The only token that is accepted.</summary>
    public string Token { get; set; } = FirstToken;

    public const string FirstToken = "token-of-the-simulation-0001";

    public Chat Open(int number)
    {
        var chat = new Chat(number);
        chat.Begin(Tick());
        Chats.Add(chat);
        return chat;
    }

    /// <summary>The customer writes; a resolved conversation is reopened first (freshchat.md 14.2 row 5).</summary>
    public ChatMessage CustomerWrites(Chat chat, string? text)
    {
        if (chat.Resolved)
            Reopen(chat, "user");
        return Write(chat, "user", chat.User, text);
    }

    public void PersonWrites(Chat chat) => Write(chat, "agent", Person, $"person {++_ids}", Meaning.PeopleTakeOver);

    public void Assign(Chat chat, string? agent, string? group, string by = Person)
    {
        var from = chat.Agent;
        (chat.Agent, chat.Group) = (agent, group);
        var meaning =
            by == BotAgent && group is not null ? Meaning.HandedOver
            : agent is null ? Meaning.None
            : agent != BotAgent ? Meaning.PeopleTakeOver
            : from == BotAgent ? Meaning.None
            : Meaning.BotIsBack;
        send(Happened(chat, meaning, at => Bodies.Assigned(chat, at, by, agent, group, from)));
    }

    public void Resolve(Chat chat)
    {
        chat.Resolved = true;
        (chat.Agent, chat.Group) = (null, null);
        send(Happened(chat, Meaning.BotIsBack, at => Bodies.Resolved(chat, at), closes: true));
    }

    public void Reopen(Chat chat, string by)
    {
        chat.Begin(Tick());
        (chat.Agent, chat.Group) = (null, null);
        send(Happened(chat, Meaning.BotIsBack, at => Bodies.Reopened(chat, at, by), closes: true));
    }

    public Answer Do(Request request)
    {
        if (request.Token != Token)
            return Answer.Error(401, "UNAUTHENTICATED", "Unauthenticated Request");
        var path = request.Path.Split('?')[0].Split('/', StringSplitOptions.RemoveEmptyEntries)[1..];
        if (path is ["conversations", var id, ..] && Chats.FirstOrDefault(c => c.Id == id) is { } chat)
        {
            return (request.Method, path.Length) switch
            {
                ("GET", 2) => Answer.Ok(Bodies.Conversation(chat)),
                ("PUT", 2) => Put(chat, request.Json),
                ("GET", 3) => List(chat, request.Path),
                ("POST", 3) => Post(chat, request.Json),
                _ => Answer.Error(404, "NOT_FOUND", "No such thing"),
            };
        }
        return Bodies.OfAccount(path[0], path.ElementAtOrDefault(1)) is { } account ? Answer.Ok(account) : Answer.Error(404, "NOT_FOUND", "No such thing");
    }

    private Answer Post(Chat chat, JsonNode body)
    {
        if (chat.Resolved)
            return Answer.Error(400, "BAD_REQUEST", "This is not the latest conversation");
        var posted = Write(chat, "agent", (string)body["actor_id"]!, (string)body["message_parts"]![0]!["text"]!["content"]!);
        return Answer.Ok(Bodies.Message(posted));
    }

    private Answer Put(Chat chat, JsonNode body)
    {
        if (body["assigned_group_id"] is { } group)
            Assign(chat, chat.Agent, (string)group!, BotAgent);
        if (body["assigned_agent_id"] is { } agent && string.IsNullOrWhiteSpace((string)agent!))
            Assign(chat, null, chat.Group, BotAgent);
        return Answer.Ok(Bodies.Conversation(chat));
    }

    // Newest first, and no pagination: the end is an empty page (freshchat.md 4, 14.2 row 7).
    private static Answer List(Chat chat, string path)
    {
        var page = int.Parse(path.Split("page=")[1].Split('&')[0], System.Globalization.CultureInfo.InvariantCulture);
        var shown = chat.Messages.AsEnumerable().Reverse().Skip((page - 1) * 50).Take(50).Select(Bodies.Message);
        return Answer.Ok(new JsonObject { ["messages"] = new JsonArray([.. shown]) });
    }

    private ChatMessage Write(Chat chat, string actorType, string actor, string? text, Meaning meaning = Meaning.None)
    {
        var e = Happened(
            chat,
            meaning,
            at =>
            {
                chat.Messages.Add(new(chat, $"message-{++_ids}", actorType, actor, text, at, chat.Episode));
                return Bodies.MessageCreated(chat.Messages[^1]);
            }
        );
        send(e);
        return e.Message!;
    }

    private ChatEvent Happened(Chat chat, Meaning meaning, Func<DateTimeOffset, JsonObject> body, bool closes = false)
    {
        var at = Tick();
        var content = body(at);
        var message = content["action"]!.ToString() == "message_create" ? chat.Messages[^1] : null;
        var e = new ChatEvent(chat, at, meaning, Bodies.Bytes(content)) { Closes = closes, Message = message };
        chat.UpdatedAt = at;
        chat.Events.Add(e);
        return e;
    }

    // No two things happen in the same millisecond.
    private DateTimeOffset Tick()
    {
        var now = DateTimeOffset.FromUnixTimeMilliseconds(_clock.GetUtcNow().ToUnixTimeMilliseconds());
        return _last = now > _last ? now : _last.AddMilliseconds(1);
    }
}
