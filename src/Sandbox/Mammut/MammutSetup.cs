using Microsoft.EntityFrameworkCore;
using Sandbox.Control;
using Sandbox.Mammut.Brain;
using Sandbox.Mammut.Graph;
using Sandbox.Mammut.Relay;
using Sandbox.Mammut.Vertices;

namespace Sandbox.Mammut;

internal static class MammutSetup
{
    private sealed record KnownBot(long Id, string Name);

    public static void AddMammut(this IServiceCollection services)
    {
        services.AddSingleton<ISimulatedSystem, MammutSystem>();
        services.AddSwitches(MammutSwitches.All);
        services.AddGraph();
        services.AddSingleton<RelayChannel>();
        services.AddSingleton<RelaySpeaker>();
        services.AddHostedService(s => s.GetRequiredService<RelaySpeaker>());
        services.AddSingleton<BotSpeaker>();
        services.AddSingleton<BotTurns>();
        services.AddHostedService(s => s.GetRequiredService<BotTurns>());
    }

    public static void MapMammut(this IEndpointRouteBuilder routes)
    {
        var mammut = routes.MapGroup($"{SandboxApp.Root}/mammut").AddEndpointFilter<MammutFaults>();
        mammut.MapGraph();
        // The second is the path that the public page prints (mammut.md 4.5).
        mammut.MapPost("/channels/freshchat", (HttpRequest request, RelayChannel relay) => relay.ReceiveAsync(request));
        mammut.MapPost("/channels/sms", (HttpRequest request, RelayChannel relay) => relay.ReceiveAsync(request));
        routes.MapGet($"{SandboxApp.Root}/control/mammut/bots", ListBotsAsync);
    }

    // For the page: which bots there are to be joined. The platform's own answers nobody's customers.
    private static async Task<List<KnownBot>> ListBotsAsync(SandboxDb db, CancellationToken cancel) =>
        await db.Set<User>()
            .Where(user => user.UserType == "machine" && user.Id != MammutSystem.AlexId)
            .OrderByDescending(user => user.Id)
            .Take(50)
            .Select(user => new KnownBot(user.Id, user.Name))
            .ToListAsync(cancel);
}
