using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Sandbox.Mammut.Vertices;
using static Sandbox.Mammut.Graph.GraphAnswer;

namespace Sandbox.Mammut.Graph;

/// <summary><c>POST graph/issue:ID?…</c>: a supervisor closes it; with a text, the bot says that text (mammut.md 8).</summary>
internal sealed class UpdateIssue(SandboxState state, GraphClock clock)
{
    public Task<IResult> RunAsync(long id, HttpRequest request)
    {
        var properties = new JsonObject();
        foreach (var (name, value) in GraphQuery.Properties(request.QueryString.Value ?? ""))
            properties[name] = value;
        return state.WriteAsync(db => UpdateAsync(db, id, properties), request.HttpContext.RequestAborted);
    }

    private async Task<IResult> UpdateAsync(SandboxDb db, long id, JsonObject properties)
    {
        var issue = await db.Set<Issue>().Include(i => i.Room!.Bot).SingleOrDefaultAsync(i => i.Id == id);
        if (issue is null)
            return Unknown("issue");
        var wasOpen = issue.IsOpen;
        issue.IssueType = properties.Text("issue-type") ?? issue.IssueType;
        issue.IssueState = properties.Text("issue-state") ?? issue.IssueState;
        issue.ResolutionText = properties.Text("resolution-text") ?? issue.ResolutionText;
        issue.CustomCode = properties.Text("custom-code") ?? issue.CustomCode;
        if (wasOpen && !issue.IsOpen && issue.ResolutionText.Length > 0 && issue.Room is { Bot: { } bot } room)
            db.Add(
                new Thought
                {
                    Text = issue.ResolutionText,
                    CreationDate = clock.Now,
                    Room = room,
                    Sender = bot,
                }
            );
        return Done(Vertex("issue", id, []));
    }
}
