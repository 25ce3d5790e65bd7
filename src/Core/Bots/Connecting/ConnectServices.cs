using Core.Bots.Accounts;
using Microsoft.Extensions.DependencyInjection;

namespace Core.Bots.Connecting;

/// <summary>Everything that takes a bot from the first keystroke to its first customer.</summary>
public static class ConnectServices
{
    /// <summary>Registers it.</summary>
    public static IServiceCollection AddConnecting(this IServiceCollection services)
    {
        services.AddSingleton<ProbeFreshchat>().AddSingleton<FindAccountHolder>();
        services.AddSingleton<KeepTyped>().AddSingleton<SaveDraft>().AddSingleton<CheckDraft>().AddSingleton<ReadyDraft>();
        services.AddSingleton<ReadMammutBot>().AddSingleton<PreviewProvisioning>().AddSingleton<ProvisionInMammut>().AddSingleton<ProvisionDraft>();
        services.AddSingleton<RehearseBot>().AddSingleton<GoLive>().AddSingleton<FinishDraft>().AddSingleton<ConnectBot>();
        return services;
    }
}
