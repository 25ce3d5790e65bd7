using System.Security.Cryptography;
using Core.Storage;
using Core.Webhooks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Core.Turns;

/// <summary>Everything that turns stored messages into answers.</summary>
public static class TurnServices
{
    /// <summary>Registers the workers; they start with the host.</summary>
    public static IServiceCollection AddTurns(this IServiceCollection services)
    {
        services.AddMemoryCache();
        services.AddSingleton<TurnRecord>().AddSingleton<FormTurn>().AddSingleton<HandleTurn>();
        services.AddSingleton<FirstSight>().AddSingleton<FindSite>().AddSingleton<AskBot>().AddSingleton<ListenToBot>().AddSingleton<TakeThoughts>();
        services.AddSingleton<PostReplies>().AddSingleton<LookForReply>();
        services.AddSingleton<HandOverToPeople>().AddSingleton<TellCustomer>().AddSingleton<AssignToGroup>();
        services.AddSingleton<RelayDelivery>();
        services.AddSingleton(s => new Persist(
            s.GetRequiredService<TurnRecord>(),
            s.GetRequiredService<IOptions<InboxOptions>>(),
            () => RandomNumberGenerator.GetInt32(1000) / 1000d,
            s.GetRequiredService<TimeProvider>()
        ));
        services.AddSingleton<Lease>().AddSingleton<ConversationWorker>().AddSingleton<FindUnattended>();
        services.AddSingleton(s => new ReplayDelivery(
            s.GetRequiredService<PortalStore>(),
            s.GetRequiredService<FindDeliveries>(),
            s.GetRequiredService<TurnRecord>(),
            s.GetRequiredService<DeliveryBell>(),
            s.GetRequiredService<ChangeFeed>()
        ));
        services.AddSingleton<FollowProof>();
        services.AddSingleton<Uptime>();
        services.AddHostedService(s => s.GetRequiredService<Uptime>());
        services.AddHostedService<DeliveryWorker>();
        return services;
    }
}
