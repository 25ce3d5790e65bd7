using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Sandbox.Control;
using Sandbox.Mammut.Vertices;
using static Sandbox.Mammut.Graph.GraphAnswer;

namespace Sandbox.Mammut.Graph;

/// <summary><c>GET graph[:N]/room:ID/with::thought?…</c>: what was said in a room, oldest first (mammut.md 6.5).</summary>
internal sealed class ReadThoughts(IDbContextFactory<SandboxDb> dbs, SwitchBoard switches)
{
    public async Task<IResult> RunAsync(long roomId, int depth, string query, CancellationToken cancellation)
    {
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        var thoughts = db.Set<Thought>().AsNoTrackingWithIdentityResolution().Where(t => t.Room.Id == roomId);
        if (depth >= 2)
            thoughts = thoughts.Include(t => t.Room).Include(t => t.Sender).Include(t => t.Issues).ThenInclude(i => i.Room);
        switch (query.Length > 1 ? GraphQuery.Filter(query) : ("all", ""))
        {
            case ("all", _):
                thoughts = thoughts.OrderBy(t => t.CreationDate).ThenBy(t => t.Id);
                break;
            case ("since", var text) when GraphDate.Read(text) is { } date:
                var since = switches.Get(MammutSwitches.ExclusiveSince) ? date.AddMilliseconds(1) : date;
                thoughts = thoughts.Where(t => t.CreationDate >= since).OrderBy(t => t.CreationDate).ThenBy(t => t.Id);
                break;
            case ("last", var text) when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var last):
                thoughts = thoughts.OrderByDescending(t => t.CreationDate).ThenByDescending(t => t.Id).Take(last);
                break;
            default:
                return Failed(400, "invalid-filter", "Thoughts are filtered by creation-date.last(N) or creation-date.since(\"DATE\")");
        }
        var found = await thoughts.ToListAsync(cancellation);
        return Found("thought", [.. found.OrderBy(t => t.CreationDate).ThenBy(t => t.Id).Select(t => Shapes.Of(t, depth))]);
    }
}
