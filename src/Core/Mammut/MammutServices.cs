using Core.Outcomes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Core.Mammut;

/// <summary>The Mammut client and what it needs.</summary>
public static class MammutServices
{
    /// <summary>Registers <see cref="MammutClient"/> and its options; needs <c>IConfiguration</c> and logging in the container.</summary>
    public static IServiceCollection AddMammut(this IServiceCollection services)
    {
        services.AddOptions<MammutOptions>().BindConfiguration(MammutOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<MammutOptions>, MammutOptionsValidator>();
        return services.AddFarSide<MammutClient>(provider => provider.GetRequiredService<IOptions<MammutOptions>>().Value.Timeout);
    }
}
