using System.Globalization;
using Core.Bots;
using Core.Bots.Listing;
using Core.Conversations;
using Core.Security;
using Core.Webhooks;
using Microsoft.Extensions.Localization;
using MudBlazor;
using Portal.Components.Errors;
using Portal.Hosting;

namespace Portal.Components.Layout;

/// <summary>What the command palette offers for what was typed, the likeliest first.</summary>
public sealed class FindCommands(
    FindBots bots,
    FindConversations conversations,
    FindDeliveries deliveries,
    BotCommands ofBots,
    ErrorText errors,
    Reader reader,
    IConfiguration configuration,
    IStringLocalizer<Resources.Layout> texts
)
{
    private const int EachAtMost = 6;

    private static readonly BotStatus[] NotArchived = [.. Enum.GetValues<BotStatus>().Where(status => status is not BotStatus.Archived)];

    // Words find what has a name; an id is looked for only when it may be one.
    private const int ShortestFreshchatId = 16;

    /// <param name="actor">Who asks; nothing is offered that they may not do.</param>
    /// <param name="search">What was typed.</param>
    /// <param name="here">The page they are on, where another language leads back to.</param>
    /// <param name="cancel">Something else was typed meanwhile.</param>
    internal async Task<IReadOnlyList<Command>> FindAsync(Actor actor, string search, string here, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(search);
        var wanted = search.Trim();
        var atHand = await AtHandAsync(actor, here, cancel);
        var ofThisBot = (atHand is null ? [] : ofBots.Of(actor, atHand)).Where(command => Fits(command.Title, wanted));
        var everywhere = Everywhere(actor, here).Where(command => Fits(command.Title, wanted));
        if (wanted.Length == 0)
            return [.. ofThisBot, .. everywhere];
        return
        [
            .. await ByIdAsync(actor, wanted, cancel),
            .. await BotsAsync(actor, wanted, atHand, cancel),
            .. await OfBotsAsync(actor, wanted, cancel),
            .. ofThisBot,
            .. await OnBotsAsync(actor, wanted, atHand, cancel),
            .. everywhere,
            .. errors.Find(wanted).Take(EachAtMost).Select(code => new Command(CommandKind.Help, errors.InGeneral(code), Icons.Material.Outlined.HelpOutline, PageUrls.HelpOn(code)) { Detail = code }),
        ];
    }

    private IEnumerable<Command> Everywhere(Actor actor, string here)
    {
        yield return new(CommandKind.Page, texts["Bots"], Icons.Material.Outlined.SmartToy, PageUrls.Bots);
        if (actor.May(Role.Admin))
            yield return new(CommandKind.Action, texts["Action.Connect"], Icons.Material.Outlined.Add, PageUrls.NewBot);
        yield return new(CommandKind.Page, texts["Deliveries"], Icons.Material.Outlined.MoveToInbox, PageUrls.Deliveries);
        yield return new(CommandKind.Page, texts["Conversations"], Icons.Material.Outlined.Forum, PageUrls.Conversations);
        if (configuration.SandboxEnabled())
            yield return new(CommandKind.Page, texts["Sandbox"], Icons.Material.Outlined.Science, PageUrls.Sandbox) { Reload = true };
        yield return new(CommandKind.Page, texts["Settings"], Icons.Material.Outlined.Settings, PageUrls.Settings);
        yield return new(CommandKind.Page, texts["Help"], Icons.Material.Outlined.HelpOutline, PageUrls.Help);
        foreach (var language in Pages.Languages)
            yield return new(CommandKind.Action, texts["Action.Language", CultureInfo.GetCultureInfo(language).NativeName], Icons.Material.Outlined.Translate, PageUrls.In(language, here)) { Reload = true };
        foreach (var theme in Enum.GetValues<ThemeChoice>())
            yield return new(CommandKind.Action, texts["Action.Theme", texts["Theme." + theme].Value], Icons.Material.Outlined.Contrast, null) { Act = () => reader.ChooseAsync(theme) };
    }

    // The bot whose page they are on.
    private async Task<BotName?> AtHandAsync(Actor actor, string here, CancellationToken cancel) =>
        here.Split('/', '?', '#') is ["", "bots", var id, ..] && Guid.TryParse(id, out var bot) ? (await bots.NameAsync(actor, bot, cancel)).Value : null;

    private async Task<IEnumerable<Command>> BotsAsync(Actor actor, string wanted, BotName? atHand, CancellationToken cancel)
    {
        var found = await NamedAsync(actor, wanted, cancel);
        var themselves = found.Select(bot => new Command(CommandKind.Bot, bot.Name, Icons.Material.Outlined.SmartToy, PageUrls.Bot(bot.Id)) { Detail = bot.AppId });
        // Whoever names one bot may want a part of it.
        return found is [var only] && only.Id != atHand?.Id ? themselves.Concat(ofBots.Of(actor, only).Skip(1)) : themselves;
    }

    // "freshbot sites" means the same as "sites freshbot".
    private async Task<IEnumerable<Command>> OfBotsAsync(Actor actor, string wanted, CancellationToken cancel)
    {
        var words = wanted.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 2)
            return [];
        var found = new List<(Guid Bot, Command Command)>();
        foreach (var (name, what) in ((string, string)[])[(string.Join(' ', words[..^1]), words[^1]), (string.Join(' ', words[1..]), words[0])])
        {
            foreach (var bot in await NamedAsync(actor, name, cancel))
                found.AddRange(ofBots.Of(actor, bot).Where(command => Fits(command.Title, what)).Select(command => (bot.Id, command)));
        }
        return found.DistinctBy(f => (f.Bot, f.Command.Title)).Select(f => f.Command).Take(EachAtMost);
    }

    // "pause" alone: whoever is in a hurry names what is to be done first.
    private async Task<IEnumerable<Command>> OnBotsAsync(Actor actor, string wanted, BotName? atHand, CancellationToken cancel)
    {
        if (!actor.May(Role.Operator) || ofBots.DoneWith(wanted) is not { } status)
            return [];
        var fit = (await bots.NamesAsync(actor, null, null, EachAtMost + 1, cancel, [status])).Value ?? [];
        return fit.Where(bot => bot.Id != atHand?.Id).Take(EachAtMost).SelectMany(bot => ofBots.ActionsOn(actor, bot));
    }

    private async Task<IReadOnlyList<BotName>> NamedAsync(Actor actor, string wanted, CancellationToken cancel) =>
        (await bots.NamesAsync(actor, wanted, null, EachAtMost, cancel, NotArchived)).Value ?? [];

    private async Task<IEnumerable<Command>> ByIdAsync(Actor actor, string wanted, CancellationToken cancel)
    {
        var found = new List<Command>();
        if (long.TryParse(wanted, NumberStyles.None, CultureInfo.InvariantCulture, out _))
        {
            if ((await conversations.GetAsync(actor, wanted, cancel)).Value is { } conversation)
                found.Add(Conversation(conversation.Id, conversation.BotName));
            if ((await deliveries.GetAsync(actor, wanted, cancel)).Value is { } delivery)
                found.Add(new(CommandKind.Delivery, delivery.Id, Icons.Material.Outlined.MoveToInbox, PageUrls.Delivery(delivery.Id)) { Detail = delivery.BotName });
        }
        else if (wanted.Length >= ShortestFreshchatId && !wanted.Contains(' ', StringComparison.Ordinal))
        {
            var those = await conversations.ListAsync(actor, new(FreshchatId: wanted), EachAtMost, null, cancel);
            found.AddRange((those.Value?.Items ?? []).Select(one => Conversation(one.Id, one.BotName)));
        }
        return found;
    }

    private static Command Conversation(string id, string bot) =>
        new(CommandKind.Conversation, id, Icons.Material.Outlined.Forum, PageUrls.Conversation(id)) { Detail = bot };

    private static bool Fits(string title, string wanted) =>
        CultureInfo.CurrentUICulture.CompareInfo.IndexOf(title, wanted, CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace) >= 0;
}
