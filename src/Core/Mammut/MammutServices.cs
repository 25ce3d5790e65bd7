using Core.Outcomes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
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
        services.TryAddSingleton(provider => new MammutAddress(() => provider.GetRequiredService<IOptions<MammutOptions>>().Value.BaseUrl));
        return services.AddFarSide<MammutClient>(provider => provider.GetRequiredService<IOptions<MammutOptions>>().Value.Timeout, typed: false);
    }
}

/// <summary>Where Mammut's graph API is: <see cref="MammutOptions.BaseUrl"/>, unless the host knows better.</summary>
/// <param name="BaseUrl">Asks for the address at each call; it may be known only once the host listens.</param>
public sealed record MammutAddress(Func<string> BaseUrl);
