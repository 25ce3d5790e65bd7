using Microsoft.EntityFrameworkCore;
using Sandbox.Mammut.Vertices;
using static Sandbox.Mammut.Graph.GraphAnswer;

namespace Sandbox.Mammut.Graph;

/// <summary>Reads of one vertex. What is not there is no error: the envelope is empty (mammut.md 3.2).</summary>
internal sealed class ReadVertices(IDbContextFactory<SandboxDb> dbs)
{
    /// <summary><c>GET graph[:N]/user:ID</c></summary>
    public async Task<IResult> UserAsync(long id, int depth, CancellationToken cancellation)
    {
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        return await ShowAsync(db, await db.Set<User>().FindAsync([id], cancellation), depth, cancellation);
    }

    /// <summary><c>GET fixed-vertex?type-name=user&amp;config-id=mammut</c>: the platform's own bot.</summary>
    public Task<IResult> FixedAsync(string? typeName, string? configId, int depth, CancellationToken cancellation) =>
        typeName == "user" && configId == "mammut" ? UserAsync(MammutSystem.AlexId, depth, cancellation) : Task.FromResult(Found("user"));

    /// <summary><c>GET unique-vertex?type-name=user&amp;property-name=main-email&amp;property-value=V</c></summary>
    public async Task<IResult> UniqueAsync(string? typeName, string? property, string? value, int depth, CancellationToken cancellation)
    {
        if (typeName != "user" || property != "main-email" || value is null)
            return Found("user");
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        var email = value.Trim('"');
        return await ShowAsync(db, await db.Set<User>().SingleOrDefaultAsync(u => u.MainEmail == email, cancellation), depth, cancellation);
    }

    /// <summary><c>GET graph[:N]/room:ID</c></summary>
    public async Task<IResult> RoomAsync(long id, int depth, CancellationToken cancellation)
    {
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        var room = await db.Set<Room>().Include(r => r.Creator).Include(r => r.Bot).SingleOrDefaultAsync(r => r.Id == id, cancellation);
        return room is null ? Found("room") : Found("room", Shapes.Of(room, depth));
    }

    private static async Task<IResult> ShowAsync(SandboxDb db, User? user, int depth, CancellationToken cancellation)
    {
        if (user is null)
            return Found("user");
        if (depth < 2)
            return Found("user", Shapes.Of(user));
        var rooms = await db.Set<Room>().Where(r => r.Creator == user).OrderBy(r => r.Id).ToListAsync(cancellation);
        return Found("user", Shapes.Of(user, rooms));
    }
}
