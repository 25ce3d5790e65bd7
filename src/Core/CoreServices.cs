using Core.Bots;
using Core.Bots.Accounts;
using Core.Bots.Checks;
using Core.Bots.Connecting;
using Core.Bots.Listing;
using Core.Bots.Sites;
using Core.Conversations;
using Core.Freshchat;
using Core.Mammut;
using Core.Requests;
using Core.Security;
using Core.Storage;
using Core.Storage.PostgreSql;
using Core.Storage.Sqlite;
using Core.Turns;
using Core.Webhooks;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Core;

/// <summary>Everything the product does: the inventory.</summary>
public static class CoreServices
{
    /// <summary>Name under which tokens are encrypted: a moved or replaced installation reads them with it (portal.md 2).</summary>
    public const string ApplicationName = "Mammut.Portal";

    /// <summary>Registers Core. The host adds <see cref="WebhookAddress"/>.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="provider">The product that holds the portal's database.</param>
    /// <param name="connection">Connection string of the portal's database.</param>
    public static IServiceCollection AddCore(this IServiceCollection services, DatabaseProvider provider, string connection)
    {
        services.TryAddSingleton(TimeProvider.System);
        if (provider is DatabaseProvider.PostgreSql)
            services.AddPostgres(connection);
        else
            services.AddSqlite(connection);
        services.AddSingleton<ChangeFeed>();
        services.AddDataProtection().SetApplicationName(ApplicationName);
        services.AddSingleton<Secrets>().AddSingleton<KnownBots>().AddSingleton<RememberRequests>();
        services.AddFreshchat().AddMammut();

        services.AddSingleton<SetAside>();
        services.AddSingleton<ReadBot>();
        services.AddSingleton<SummariseBots>();
        services.AddSingleton<FindBots>();
        services.AddSingleton<ShowBots>();
        services.AddConnecting();
        services.AddChangesAndChecks();
        services.AddSingleton<PauseBot>().AddSingleton<ArchiveBot>().AddSingleton<ChangeKeys>().AddSingleton<ReplaceToken>().AddSingleton<MapSites>();
        services.AddSingleton<FindUnknownSites>().AddSingleton<DismissUnknownSite>().AddSingleton<CountRuleUse>().AddSingleton<ExplainSite>().AddSingleton<FindTopics>().AddSingleton<TryContext>();

        services.AddOptions<InboxOptions>().BindConfiguration(InboxOptions.Section);
        services.AddSingleton<IValidateOptions<InboxOptions>, InboxOptionsValidator>();
        services.AddSingleton<CountRejections>().AddSingleton<DeliveryBell>().AddSingleton<Inbox>();
        services.AddSingleton<ReceiveDelivery>().AddSingleton<ApplyDeliveries>().AddSingleton<FindDeliveries>().AddSingleton<ExplainSilence>();
        services.AddHostedService(s => s.GetRequiredService<Inbox>());

        services.AddTurns();
        services.AddSingleton<FindConversations>().AddSingleton<CountLeftInPause>();
        return services;
    }
}
