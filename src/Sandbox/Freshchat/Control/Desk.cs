using Microsoft.EntityFrameworkCore;
using Sandbox.Freshchat.Account;
using Sandbox.Freshchat.Conversations;

namespace Sandbox.Freshchat.Control;

/// <summary>The agents' side: every conversation, and what an agent does with one.</summary>
internal static class Desk
{
    private const int Shown = 100;

    private sealed record DeskAgent(string Id, string Name, bool IsBot);

    private sealed record DeskGroup(string Id, string Name);

    private sealed record DeskConversation(
        string Id,
        string NumericId,
        string Visitor,
        string? Site,
        string Topic,
        string Status,
        string? AgentId,
        string? GroupId,
        string? LastText,
        DateTimeOffset UpdatedAt
    );

    private sealed record DeskView(
        IReadOnlyList<DeskAgent> Agents,
        IReadOnlyList<DeskGroup> Groups,
        IReadOnlyList<DeskConversation> Conversations
    );

    private sealed record DeskMessage(
        string Id,
        string From,
        string? Author,
        bool Private,
        string Text,
        string InteractionId,
        DateTimeOffset At
    );

    private sealed record DeskThread(DeskConversation Conversation, IReadOnlyList<DeskMessage> Messages);

    private sealed record AgentMessage(string AgentId, string Text, bool Private);

    /// <param name="ByAgentId">Who assigns.</param>
    /// <param name="AgentId">Null leaves the agent, an empty text releases it.</param>
    /// <param name="GroupId">Null leaves the group, an empty text clears it.</param>
    private sealed record NewAssignment(string ByAgentId, string? AgentId, string? GroupId);

    private sealed record NewResolution(string AgentId);

    public static void MapDesk(this IEndpointRouteBuilder control)
    {
        control.MapGet("/desk", ReadDeskAsync);
        var one = control.MapGroup("/desk/conversations/{id}");
        one.MapGet("", ReadThreadAsync);
        one.MapPost("/messages", WriteAsync);
        one.MapPost(
            "/assignment",
            async (string id, NewAssignment asked, ConversationBook book, CancellationToken cancel) =>
                (await book.AssignAsync(id, asked.ByAgentId, asked.AgentId, asked.GroupId, cancel)).Tell(c => Summary(c, null))
        );
        one.MapPost(
            "/resolution",
            async (string id, NewResolution asked, ConversationBook book, CancellationToken cancel) =>
                (await book.ResolveAsync(id, asked.AgentId, cancel)).Tell(c => Summary(c, null))
        );
    }

    private static async Task<DeskView> ReadDeskAsync(SandboxDb db, CancellationToken cancel)
    {
        var bot = await db.Set<FreshchatAccount>().Select(a => a.BotAgentId).SingleAsync(cancel);
        var agents = await db.Set<Agent>()
            .Where(a => !a.IsDeleted && !a.IsDeactivated)
            .OrderBy(a => a.Position)
            .ToListAsync(cancel);
        var groups = await db.Set<Group>().OrderBy(g => g.Position).ToListAsync(cancel);
        var rows = await db.Conversations()
            .OrderByDescending(c => c.UpdatedTime)
            .Take(Shown)
            .Select(c => new
            {
                Conversation = c,
                Last = db.Set<Message>()
                    .Where(m => m.ConversationId == c.Id && m.Type != Message.System)
                    .OrderByDescending(m => m.Sequence)
                    .Select(m => m.Parts)
                    .FirstOrDefault(),
            })
            .ToListAsync(cancel);
        return new(
            [.. agents.Select(a => new DeskAgent(a.Id, a.DisplayName, a.Id == bot))],
            [.. groups.Select(g => new DeskGroup(g.Id, g.Name))],
            [.. rows.Select(r => Summary(r.Conversation, r.Last is null ? null : ChatText.Of(r.Last)))]
        );
    }

    private static async Task<IResult> ReadThreadAsync(string id, SandboxDb db, CancellationToken cancel)
    {
        if (await db.FindConversation(id, cancel) is not { } conversation)
            return Refusal.NoSuchConversation.Problem();
        var bot = await db.Set<FreshchatAccount>().Select(a => a.BotAgentId).SingleAsync(cancel);
        var agents = await db.Set<Agent>().ToDictionaryAsync(a => a.Id, cancel);
        var messages = await db.Set<Message>()
            .Where(m => m.ConversationId == conversation.Id && m.Type != Message.System)
            .OrderBy(m => m.Sequence)
            .ToListAsync(cancel);
        return Results.Ok(
            new DeskThread(
                Summary(conversation, messages.Count == 0 ? null : ChatText.Of(messages[^1].Parts)),
                [
                    .. messages.Select(m => new DeskMessage(
                        m.Id,
                        Visitors.From(m, bot),
                        m.ActorType == "user" ? conversation.User.FirstName : agents.GetValueOrDefault(m.ActorId)?.DisplayName,
                        m.Type == Message.Private,
                        ChatText.Of(m.Parts),
                        m.InteractionId,
                        m.CreatedTime
                    )),
                ]
            )
        );
    }

    private static async Task<IResult> WriteAsync(
        string id,
        AgentMessage written,
        ConversationBook book,
        CancellationToken cancel
    )
    {
        if (string.IsNullOrWhiteSpace(written.Text))
            return Refusal.Invalid("A message needs a text").Problem();
        var outcome = await book.WriteAsAgentAsync(
            id,
            written.AgentId,
            WireJson.TextParts(written.Text),
            written.Private,
            cancel
        );
        return outcome.Tell(message => new { messageId = message.Id });
    }

    private static DeskConversation Summary(Conversation conversation, string? lastText) =>
        new(
            conversation.Id,
            $"{conversation.NumericId}",
            conversation.User.FirstName,
            conversation.User.Site,
            conversation.Topic.Name,
            conversation.Status,
            conversation.AgentId,
            conversation.GroupId,
            lastText,
            conversation.UpdatedTime
        );
}
