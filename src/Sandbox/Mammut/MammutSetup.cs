using Sandbox.Control;
using Sandbox.Mammut.Brain;
using Sandbox.Mammut.Graph;

namespace Sandbox.Mammut;

internal static class MammutSetup
{
    public static void AddMammut(this IServiceCollection services)
    {
        services.AddSingleton<ISimulatedSystem, MammutSystem>();
        services.AddSwitches(MammutSwitches.All);
        services.AddGraph();
        services.AddSingleton<BotTurns>();
        services.AddHostedService(s => s.GetRequiredService<BotTurns>());
    }

    public static void MapMammut(this IEndpointRouteBuilder routes)
    {
        var mammut = routes.MapGroup($"{SandboxApp.Root}/mammut").AddEndpointFilter<MammutFaults>();
        mammut.MapGraph();
        // The channels that Freshchat's webhooks are relayed to (mammut.md 7) belong here: /channels/freshchat
    }
}
