using Microsoft.Extensions.DependencyInjection;

namespace Core.Mammut;

/// <summary>The Mammut client and what it needs.</summary>
public static class MammutServices
{
    /// <summary>Registers <see cref="MammutClient"/> and its options; needs <c>IConfiguration</c> and logging in the container.</summary>
    public static IServiceCollection AddMammut(this IServiceCollection services) => throw new NotImplementedException();
}
