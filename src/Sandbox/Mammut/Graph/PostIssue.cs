using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Sandbox.Mammut.Vertices;
using static Sandbox.Mammut.Graph.GraphAnswer;

namespace Sandbox.Mammut.Graph;

/// <summary><c>POST graph/issue</c>: above all <c>RemoveHaltedMark</c>, after which the bot answers in the room again (mammut.md 8).</summary>
internal sealed class PostIssue(SandboxState state, GraphClock clock)
{
    public async Task<IResult> RunAsync(HttpRequest request)
    {
        if (await GraphBody.ReadAsync(request) is not { } body)
            return InvalidJson;
        if (clock.Of(body) is not { } date)
            return InvalidDate;
        return await state.WriteAsync(db => PostAsync(db, body, date), request.HttpContext.RequestAborted);
    }

    private static async Task<IResult> PostAsync(SandboxDb db, JsonObject body, DateTimeOffset date)
    {
        var roomId = body.Number("room-id");
        var room = await db.Set<Room>().SingleOrDefaultAsync(r => r.Id == roomId);
        if (room is null && roomId is not null)
            return Unknown("room");
        var issue = new Issue
        {
            IssueType = body.Text("issue-type") ?? "",
            IssueState = body.Text("issue-state") ?? "open",
            ResolutionText = body.Text("resolution-text") ?? "",
            CustomCode = body.Text("custom-code"),
            CreationDate = date,
            MachineId = body.Number("machine-id"),
            Room = room,
        };
        if (room is not null && issue.RemovesHaltedMark)
            room.Halted = false;
        db.Add(issue);
        await db.SaveChangesAsync();
        return Done(Vertex("issue", issue.Id, []));
    }
}
