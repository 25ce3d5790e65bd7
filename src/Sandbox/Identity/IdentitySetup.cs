namespace Sandbox.Identity;

internal static class IdentitySetup
{
    public static void AddIdentity(this IServiceCollection services) { }

    public static void MapIdentity(this IEndpointRouteBuilder routes) { }
}
