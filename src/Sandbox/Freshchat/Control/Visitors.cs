using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Sandbox.Freshchat.Account;
using Sandbox.Freshchat.Conversations;

namespace Sandbox.Freshchat.Control;

/// <summary>The customers' side: chat windows of the demo shops.</summary>
internal static class Visitors
{
    private static readonly string[] Names = ["Ana", "Bruno", "Carla", "Diego", "Elena", "Farid", "Gema", "Hugo", "Inés", "Jon"];

    private sealed record Visitor(string Id, string Name, string? Site, string? ReferenceId);

    private sealed record NewVisitor(string? Site, string? Name, string? ReferenceId);

    private sealed record Chat(Visitor Visitor, ChatConversation? Conversation, IReadOnlyList<ChatMessage> Messages);

    private sealed record ChatConversation(string Id, string Status, string? Agent, string? Group);

    private sealed record ChatMessage(string Id, string From, string? Author, string Text, DateTimeOffset At);

    private sealed record Written(string ConversationId, string MessageId);

    /// <param name="Site">The shop; it decides the topic.</param>
    /// <param name="Parts">Message parts in Freshchat's shape, instead of a text.</param>
    /// <param name="StartNew">Begins a new conversation beside the one there is, which is superseded by it.</param>
    private sealed record CustomerMessage(
        string Site,
        string VisitorId,
        string? Text,
        JsonArray? Parts,
        string? Locale,
        bool StartNew
    );

    public static void MapVisitors(this IEndpointRouteBuilder control)
    {
        control.MapGet("/visitors", ListAsync);
        control.MapPost("/visitors", ArriveAsync);
        control.MapGet("/visitors/{id}/chat", ReadChatAsync);
        control.MapPost("/messages", WriteAsync);
    }

    private static async Task<List<Visitor>> ListAsync(string? site, SandboxDb db, CancellationToken cancel) =>
        await db.Set<User>()
            .Where(u => site == null || u.Site == site)
            .OrderBy(u => u.CreatedTime)
            .ThenBy(u => u.Id)
            .Select(u => new Visitor(u.Id, u.FirstName, u.Site, u.ReferenceId))
            .ToListAsync(cancel);

    private static async Task<IResult> ArriveAsync(
        NewVisitor asked,
        SandboxState state,
        TimeProvider clock,
        CancellationToken cancel
    )
    {
        var site = string.IsNullOrWhiteSpace(asked.Site) ? null : asked.Site.Trim();
        var user = await state.WriteAsync(db => AddAsync(db, asked, site, clock.Now(), cancel), cancel);
        return Results.Created((string?)null, new Visitor(user.Id, user.FirstName, user.Site, user.ReferenceId));
    }

    private static async Task<User> AddAsync(SandboxDb db, NewVisitor asked, string? site, DateTimeOffset now, CancellationToken cancel)
    {
        var count = await db.Set<User>().CountAsync(cancel);
        var reference = asked.ReferenceId ?? (site is null ? null : $"{site}:{3000 + count}");
        var user = User.Arrives(asked.Name ?? Names[count % Names.Length], site, reference, now);
        db.Add(user);
        return user;
    }

    private static async Task<IResult> WriteAsync(
        CustomerMessage written,
        ConversationBook book,
        SandboxDb db,
        CancellationToken cancel
    )
    {
        if (string.IsNullOrWhiteSpace(written.Text) && written.Parts is not { Count: > 0 })
            return Refusal.Invalid("A message needs a text or parts").Problem();
        if (await db.FindAsync<User>([written.VisitorId], cancel) is not { } user)
            return Refusal.NoSuchUser.Problem();
        if (user.Site is not null && user.Site != written.Site)
            return Refusal.Invalid("This visitor belongs to another site").Problem();
        var topics = await db.Set<Topic>().OrderBy(t => t.Position).ToListAsync(cancel);
        var fitting = topics.Where(t => t.Tags.Contains(written.Site)).ToList();
        if ((fitting.Find(t => t.Locale == written.Locale) ?? fitting.FirstOrDefault()) is not { } topic)
            return Refusal.NoSuchTopic.Problem();
        var parts = written.Parts is { Count: > 0 } ? WireJson.Text(written.Parts) : WireJson.TextParts(written.Text!);
        var outcome = await book.WriteAsUserAsync(user.Id, topic.Id, parts, written.StartNew, cancel);
        return outcome.Tell(message => new Written(message.ConversationId, message.Id));
    }

    private static async Task<IResult> ReadChatAsync(string id, SandboxDb db, CancellationToken cancel)
    {
        if (await db.FindAsync<User>([id], cancel) is not { } user)
            return Refusal.NoSuchUser.Problem();
        var visitor = new Visitor(user.Id, user.FirstName, user.Site, user.ReferenceId);
        var conversation = await db.Conversations()
            .Where(c => c.UserId == id)
            .OrderByDescending(c => c.CreatedTime)
            .FirstOrDefaultAsync(cancel);
        if (conversation is null)
            return Results.Ok(new Chat(visitor, null, []));
        var agents = await db.Set<Agent>().ToDictionaryAsync(a => a.Id, cancel);
        var bot = await db.Set<FreshchatAccount>().Select(a => a.BotAgentId).SingleAsync(cancel);
        var group = conversation.GroupId is null ? null : await db.FindAsync<Group>([conversation.GroupId], cancel);
        var messages = await db.Set<Message>()
            .Where(m => m.ConversationId == conversation.Id && m.Type == Message.Normal)
            .OrderBy(m => m.Sequence)
            .ToListAsync(cancel);
        var agent = conversation.AgentId is null ? null : agents.GetValueOrDefault(conversation.AgentId);
        return Results.Ok(
            new Chat(
                visitor,
                new(conversation.Id, conversation.Status, agent?.DisplayName, group?.Name),
                [
                    .. messages.Select(m => new ChatMessage(
                        m.Id,
                        From(m, bot),
                        agents.GetValueOrDefault(m.ActorId)?.DisplayName,
                        ChatText.Of(m.Parts),
                        m.CreatedTime
                    )),
                ]
            )
        );
    }

    /// <summary>Whom a message is from, in the words of a chat window: <c>customer</c>, <c>bot</c>, <c>person</c> or <c>system</c>.</summary>
    public static string From(Message message, string botAgentId) =>
        message.ActorType switch
        {
            "user" => "customer",
            "system" => "system",
            "bot" => "bot",
            _ => message.ActorId == botAgentId ? "bot" : "person",
        };
}
