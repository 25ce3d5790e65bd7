using System.Security.Cryptography;
using Core.Outcomes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Core.Freshchat;

/// <summary>The Freshchat client and what it needs.</summary>
public static class FreshchatServices
{
    /// <summary>
    /// Registers <see cref="FreshchatClient"/>, <see cref="RateLimits"/> and the options; needs <c>IConfiguration</c> and logging
    /// in the container.
    /// </summary>
    public static IServiceCollection AddFreshchat(this IServiceCollection services)
    {
        services.AddOptions<FreshchatOptions>().BindConfiguration(FreshchatOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<FreshchatOptions>, FreshchatOptionsValidator>();
        services.TryAddSingleton(provider => new RateLimits(
            provider.GetRequiredService<TimeProvider>(), () => RandomNumberGenerator.GetInt32(1000) / 1000.0));
        services.AddFarSide<AgentPictures>(_ => AgentPictures.Timeout, typed: true);
        return services.AddFarSide<FreshchatClient>(provider => provider.GetRequiredService<IOptions<FreshchatOptions>>().Value.Timeout, typed: true);
    }
}
