using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Sandbox.Ledger;
using Sandbox.Mammut.Brain;
using Sandbox.Mammut.Vertices;
using static Sandbox.Mammut.Graph.GraphAnswer;

namespace Sandbox.Mammut.Graph;

/// <summary><c>POST graph/user:ID/send:=thought</c>: somebody says something, and the room's bot begins to think (mammut.md 6.4).</summary>
internal sealed class SendThought(SandboxState state, GraphClock clock, BotTurns turns, LedgerBook ledger)
{
    public async Task<IResult> RunAsync(long senderId, HttpRequest request)
    {
        var arrivedAt = ledger.Now;
        if (await GraphBody.ReadAsync(request) is not { } body)
            return InvalidJson;
        if (body.Text("text") is not { } text)
            return Failed(400, "invalid-thought", "A thought needs a text");
        if (clock.Of(body) is not { } date)
            return InvalidDate;
        Thought? said = null;
        var result = await state.WriteAsync(
            async db =>
            {
                (var answer, said) = await SendAsync(db, senderId, body, text, date);
                return answer;
            },
            _ =>
            {
                if (said is not null)
                    ledger.Add(said.Entry(arrivedAt, ledger.Now));
            },
            request.HttpContext.RequestAborted
        );
        turns.Ring();
        return result;
    }

    private async Task<(IResult Answer, Thought? Said)> SendAsync(
        SandboxDb db,
        long senderId,
        JsonObject body,
        string text,
        DateTimeOffset date
    )
    {
        if (await db.Set<User>().FindAsync(senderId) is not { } sender)
            return (Unknown("user"), null);
        var roomId = body.Number("in@room");
        if (await db.Set<Room>().Include(r => r.Bot).SingleOrDefaultAsync(r => r.Id == roomId) is not { } room)
            return (Unknown("room"), null);

        var thought = new Thought
        {
            Text = text,
            CreationDate = date,
            Room = room,
            Sender = sender,
        };
        Edge send = new() { Name = "send" };
        Edge inRoom = new() { Name = "in" };
        db.AddRange(thought, send, inRoom);
        turns.Begin(db, thought);
        await db.SaveChangesAsync();
        return (Done(Vertex("thought", thought.Id, []), Along(send), Along(inRoom)), thought);
    }
}
