using System.Security.Cryptography;
using Core.Bots.Changes;
using Core.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Core.Bots.Checks;

/// <summary>Everything that changes, checks and reconciles bots that are connected.</summary>
public static class CheckServices
{
    /// <summary>Registers it; the regular checks start with the host.</summary>
    public static IServiceCollection AddChangesAndChecks(this IServiceCollection services)
    {
        services.AddSingleton<TellMammut>().AddSingleton<ChangeBot>().AddSingleton<FindChanges>().AddSingleton<CloneBot>();
        services.AddOptions<CheckOptions>().BindConfiguration(CheckOptions.Section);
        services.AddSingleton<IValidateOptions<CheckOptions>, CheckOptionsValidator>();
        services.AddSingleton<BotAttention>().AddSingleton<CheckBot>().AddSingleton<SettleDrift>();
        services.AddSingleton(s => new CheckRegularly(
            s.GetRequiredService<PortalStore>(),
            s.GetRequiredService<CheckBot>(),
            s.GetRequiredService<IOptions<CheckOptions>>(),
            () => RandomNumberGenerator.GetInt32(1000) / 1000d,
            s.GetRequiredService<TimeProvider>(),
            s.GetRequiredService<ILogger<CheckRegularly>>()
        ));
        services.AddHostedService(s => s.GetRequiredService<CheckRegularly>());
        services.AddHostedService<TellOfOutages>();
        return services;
    }
}
