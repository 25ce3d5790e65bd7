using Core.Bots.Connecting;

namespace Portal.Components;

/// <summary>The addresses of the pages, each named once.</summary>
internal static class PageUrls
{
    public const string Bots = "/";

    /// <summary>What people type who know the addresses of single bots.</summary>
    public const string BotsByName = "/bots";

    public const string NewBot = "/bots/new";
    public const string Connect = "/bots/{Id:guid}/connect";
    public const string BotRoute = "/bots/{Id:guid}";
    public const string BotTabRoute = "/bots/{Id:guid}/{Tab}";
    public const string Conversations = "/conversations";
    public const string ConversationRoute = "/conversations/{Id}";
    public const string Deliveries = "/deliveries";
    public const string DeliveryRoute = "/deliveries/{Id}";
    public const string Settings = "/settings";
    public const string Help = "/help";
    public const string HelpRoute = "/help/{Code}";
    public const string NotFound = "/not-found";
    public const string Sandbox = "/sandbox";

    /// <summary>A place in the sandbox, whose pages take their language from the address.</summary>
    public static string InSandbox(string place, string culture) =>
        place.Split('#') is [var page, var part] ? $"{Sandbox}{page}?lang={culture}#{part}" : $"{Sandbox}{place}?lang={culture}";

    public static string Bot(Guid id, string? tab = null) => tab is null ? $"/bots/{id}" : $"/bots/{id}/{tab}";

    /// <summary>Where a bot's API token is replaced.</summary>
    public static string BotToken(Guid id) => Bot(id, "settings") + "#token";

    /// <summary>Where a site that no rule knows is mapped.</summary>
    public static string MapSite(Guid id, string site) => $"{Bot(id, "sites")}?site={Uri.EscapeDataString(site)}";

    public static string ConnectBot(Guid id, string? step = null) => $"/bots/{id}/connect" + (step is null ? "" : "?step=" + step);

    public static string Conversation(string id) => $"{Conversations}/{Uri.EscapeDataString(id)}";

    public static string Delivery(string id) => $"{Deliveries}/{Uri.EscapeDataString(id)}";

    public static string DeliveriesOf(string conversation) => $"{Deliveries}?conversation={Uri.EscapeDataString(conversation)}";

    /// <summary>What was given up of one bot.</summary>
    public static string DeadDeliveriesOf(Guid bot) => $"{Deliveries}?status=dead&bot={bot}";

    /// <summary>Whose customer wrote while the bot was paused, and has no answer.</summary>
    public static string LeftInPause(Guid bot) => $"{Conversations}?bot={bot}&unanswered=true&writtenInPause=true";

    public static string HelpOn(string code) => $"{Help}/{Uri.EscapeDataString(code)}";

    public static string In(string culture, string returnUrl) =>
        $"{PortalUrls.Culture}?culture={culture}&returnUrl={Uri.EscapeDataString(returnUrl)}";
}
