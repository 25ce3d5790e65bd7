using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Sandbox.Freshchat.Rest;
using Sandbox.Mammut.Brain;
using Sandbox.Mammut.Graph;
using Sandbox.Mammut.Vertices;
using static Sandbox.Mammut.Graph.GraphAnswer;

namespace Sandbox.Mammut.Relay;

/// <summary>
/// <c>POST /channels/freshchat</c>: a Freshchat webhook that somebody relays (mammut.md 7). What a customer says becomes a thought in a
/// room of the conversation; what the bot says there, <see cref="RelaySpeaker"/> carries to Freshchat.
/// </summary>
internal sealed class RelayChannel(SandboxState state, GraphClock clock, BotTurns turns)
{
    /// <summary>Answers at once; the bot thinks afterwards.</summary>
    public async Task<IResult> ReceiveAsync(HttpRequest request)
    {
        if (request.Headers.TryGetValue("X-Trace-ID", out var trace))
            request.HttpContext.Response.Headers["X-Trace-ID"] = trace;
        if (await GraphBody.ReadAsync(request) is not { } body || RelayedEvent.Read(body) is not { } relayed)
            return InvalidJson;
        var header = request.Headers["X-Mammut-Sub-Channel"].ToString();
        var from = new Origin(
            long.TryParse(request.Headers["X-Mammut-Id"], out var id) ? id : null,
            header.Length > 0 ? Uri.UnescapeDataString(header) : null,
            $"{request.Scheme}://{request.Host}{RestApi.Root}"
        );
        var known = await state.WriteAsync(db => TakeAsync(db, relayed, from), request.HttpContext.RequestAborted);
        turns.Ring();
        return known ? Results.Ok() : Unknown("user");
    }

    private sealed record Origin(long? BotId, string? SubChannel, string ChatUrl);

    private async Task<bool> TakeAsync(SandboxDb db, RelayedEvent relayed, Origin from)
    {
        if (await BotAsync(db, relayed.AppId, from.BotId) is not { } bot)
            return false;
        var room = await db.Set<Room>()
            .Include(r => r.Bot)
            .Include(r => r.Creator)
            .Where(r => r.RelayConversation == relayed.ConversationId && r.Bot == bot)
            .OrderByDescending(r => r.Id)
            .FirstOrDefaultAsync();
        if (relayed.EndsEpisode)
            room?.Halted = false;
        if (relayed.Question is not { } question || question.ActorId == bot.Property("freshchat-actor-id"))
            return true;
        if (await db.FindAsync<RelayedMessage>(question.MessageId) is not null)
            return true;
        db.Add(new RelayedMessage { Id = question.MessageId });
        if (room is null || room.SubChannel != from.SubChannel)
            db.Add(room = NewRoom(relayed.ConversationId, bot, from));
        var thought = new Thought
        {
            Text = question.Text,
            CreationDate = clock.Now,
            Room = room,
            Sender = room.Creator,
        };
        db.Add(thought);
        turns.Begin(db, thought);
        return true;
    }

    // The header names the bot where several share an account; without it, or for another account's bot, the App ID decides.
    private static async Task<User?> BotAsync(SandboxDb db, string appId, long? botId)
    {
        var machines = await db.Set<User>().Where(u => u.UserType == "machine").OrderBy(u => u.Id).ToListAsync();
        var bots = machines.FindAll(u => u.Property("freshchat-app-id") == appId);
        return bots.Find(b => b.Id == botId) ?? bots.LastOrDefault();
    }

    private Room NewRoom(string conversation, User bot, Origin from)
    {
        var visitor = new User();
        visitor.Take(new JsonObject { ["user-type"] = "normal", ["name"] = "Freshchat visitor" });
        return new()
        {
            RoomType = "group",
            CreationDate = clock.Now,
            Creator = visitor,
            Bot = bot,
            SubChannel = from.SubChannel,
            RelayConversation = conversation,
            RelayChatUrl = from.ChatUrl,
        };
    }
}
