using Microsoft.EntityFrameworkCore;
using Sandbox.Control;
using Sandbox.Freshchat.Account;
using Sandbox.Freshchat.Control;
using Sandbox.Freshchat.Conversations;
using Sandbox.Freshchat.Rest;
using Sandbox.Freshchat.Webhooks;

namespace Sandbox.Freshchat;

/// <summary>The simulated Freshchat: what it consists of and where it answers.</summary>
internal static class FreshchatSetup
{
    public static void AddFreshchat(this IServiceCollection services)
    {
        services.AddSwitches(FreshchatSwitches.All);
        services.AddSingleton<ISimulatedSystem, DemoAccount>();
        services.AddSingleton<KnownAccount>();
        services.AddSingleton<ISimulatedSystem>(s => s.GetRequiredService<KnownAccount>());
        services.AddSingleton<WebhookQueue>();
        services.AddSingleton<ISimulatedSystem>(s => s.GetRequiredService<WebhookQueue>());
        services.AddSingleton<WebhookSpoiler>();
        services.AddSingleton<WebhookLog>();
        services.AddSingleton<LateUrls>();
        services.AddSingleton<ISimulatedSystem>(s => s.GetRequiredService<LateUrls>());
        services.AddSingleton<ApiFaults>();
        services.AddSingleton<WebhookPost>();
        services.AddSingleton<ConversationBook>();
        services.AddSingleton<ApiGate>();
        services.AddHostedService<WebhookSender>();
    }

    public static void MapFreshchat(this IEndpointRouteBuilder routes)
    {
        routes.MapRest();
        routes.MapMedia();
        routes.MapFreshchatControl();
    }
}
