namespace Sandbox.Mammut;

internal static class MammutSetup
{
    public static void AddMammut(this IServiceCollection services) { }

    public static void MapMammut(this IEndpointRouteBuilder routes) { }
}
