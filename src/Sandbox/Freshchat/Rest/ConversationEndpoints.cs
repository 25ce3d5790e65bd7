using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Sandbox.Freshchat.Account;
using Sandbox.Freshchat.Conversations;

namespace Sandbox.Freshchat.Rest;

/// <summary>Reading, answering and assigning conversations (freshchat.md 5.6, 5.7).</summary>
internal static class ConversationEndpoints
{
    public static void MapConversations(this IEndpointRouteBuilder api)
    {
        api.MapGet("/conversations/{id}", ReadAsync).Is(ApiRequest.GetConversation);
        api.MapPut("/conversations/{id}", ChangeAsync).Is(ApiRequest.Assign);
        api.MapGet("/conversations/{id}/messages", ListMessagesAsync).Is(ApiRequest.ReadMessages);
        api.MapPost("/conversations/{id}/messages", PostMessageAsync).Is(ApiRequest.PostMessage);
    }

    private static async Task<Answer> ReadAsync(string id, SandboxDb db, KnownAccount account, CancellationToken cancel) =>
        await db.FindConversation(id, cancel) is { } conversation
            ? new(Shapes.Conversation(conversation, (await account.ReadAsync(cancel)).AppId))
            : Answer.Of(Refusal.NoSuchConversation);

    private static async Task<Answer> ChangeAsync(
        string id,
        ConversationBook book,
        KnownAccount account,
        HttpRequest request,
        CancellationToken cancel
    )
    {
        if (await RequestBody.ReadAsync(request, cancel) is not { } body || body["properties"] is not (null or JsonObject))
            return Answer.Of(Refusal.Invalid("Conversation payload not valid"));
        var change = new ConversationChange(
            body.Text("assigned_agent_id"),
            body.Text("assigned_group_id"),
            body.Text("status"),
            Arrival.Of(request.HttpContext)
        );
        if (change.Status == Conversation.Assigned && string.IsNullOrWhiteSpace(change.AgentId))
            return Answer.Of(Refusal.Invalid("assigned_agent_id is required when status is assigned"));
        var outcome = await book.ChangeAsync(id, change, cancel);
        var appId = (await account.ReadAsync(cancel)).AppId;
        return Answer.Of(outcome, conversation => Shapes.Conversation(conversation, appId));
    }

    // Newest first, no totals, one link; a page beyond the last is empty (freshchat.md 4, 14.2).
    private static async Task<Answer> ListMessagesAsync(
        string id,
        SandboxDb db,
        KnownAccount account,
        LateUrls late,
        HttpRequest request,
        CancellationToken cancel
    )
    {
        if (Paging.Of(request.Query) is not { } paging)
            return Answer.Of(Refusal.Invalid("page and items_per_page must be numbers from 1"));
        if (await db.FindConversation(id, cancel) is not { } conversation)
            return Answer.Of(Refusal.NoSuchConversation);
        var messages = db.Set<Message>().Where(m => m.ConversationId == conversation.Id);
        if (
            DateTimeOffset.TryParse(
                request.Query["from_time"],
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal,
                out var from
            )
        )
            messages = messages.Where(m => m.CreatedTime >= from);
        var page = await messages
            .OrderByDescending(m => m.Sequence)
            .Skip((paging.Page - 1) * paging.Size)
            .Take(paging.Size)
            .ToListAsync(cancel);
        var appId = (await account.ReadAsync(cancel)).AppId;
        var answer = new JsonObject
        {
            ["messages"] = new JsonArray([.. page.Select(m => WireJson.Message(m, conversation, appId, late.AreMissing(m)))]),
        };
        if (page.Count > 0)
            answer["link"] = Paging.Href(
                $"/v2/conversations/{conversation.Id}/messages?page={paging.Page + 1}&items_per_page={paging.Size}",
                "message"
            );
        return new(answer);
    }

    private static async Task<Answer> PostMessageAsync(
        string id,
        ConversationBook book,
        SandboxDb db,
        KnownAccount account,
        HttpRequest request,
        CancellationToken cancel
    )
    {
        if (await RequestBody.ReadAsync(request, cancel) is not { } body)
            return Answer.Of(Refusal.Invalid("Message payload not valid"));
        if (body["message_parts"] is not JsonArray { Count: > 0 } parts || parts.Any(p => p is not JsonObject))
            return Answer.Of(Refusal.Invalid("message_parts must be a list of parts"));
        if (parts.Any(p => p!["image"] is { } image && image["url"] is null))
            return Answer.Of(Refusal.Invalid("IMAGE_EMPTY_CONTENT"));
        var type = body.Text("message_type") ?? Message.Normal;
        if (type is not (Message.Normal or Message.Private))
            return Answer.Of(Refusal.Invalid("message_type must be normal or private"));
        var posted = new PostedMessage(
            body.Text("actor_type") ?? "",
            body.Text("actor_id"),
            type,
            WireJson.Text(parts),
            Arrival.Of(request.HttpContext)
        );
        var outcome = await book.PostAsync(id, posted, cancel);
        var conversation = await db.FindConversation(id, cancel);
        var appId = (await account.ReadAsync(cancel)).AppId;
        return Answer.Of(outcome, message => WireJson.Message(message, conversation!, appId));
    }
}
