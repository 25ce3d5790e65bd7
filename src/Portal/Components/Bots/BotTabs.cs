using Core.Security;

namespace Portal.Components.Bots;

/// <summary>The parts of a bot's page, by their names in its address.</summary>
internal static class BotTabs
{
    public const string Overview = "overview";
    public const string Activity = "activity";

    private static readonly string[] All = [Overview, "settings", "sites", "webhook", "conversations", Activity];

    /// <summary>Those that somebody may see: who changed what is for admins.</summary>
    public static IEnumerable<string> For(Actor actor) => actor.May(Role.Admin) ? All : All.Where(tab => tab is not Activity);

    /// <summary>Where a part is; the overview is the page itself.</summary>
    public static string Url(Guid bot, string tab) => PageUrls.Bot(bot, tab is Overview ? null : tab);
}
