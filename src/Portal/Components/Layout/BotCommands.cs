using System.Globalization;
using Core.Bots;
using Core.Bots.Listing;
using Core.Outcomes;
using Core.Security;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using MudBlazor;
using Portal.Components.Bots;
using Portal.Components.Errors;
using Portal.Components.Shared;

namespace Portal.Components.Layout;

/// <summary>What the command palette offers about one bot: the parts of its page, and to pause or resume it.</summary>
public sealed class BotCommands(PauseBot pause, IDialogService dialogs, NavigationManager navigation, ErrorText errors, IStringLocalizer<Resources.Bots> texts)
{
    // Fewer letters begin too many words.
    private const int ShortestWord = 3;

    /// <summary>What a bot must be to be done with what a word begins to name; null = the word names nothing that is done with bots.</summary>
    internal BotStatus? DoneWith(string word) =>
        word.Length < ShortestWord ? null
        : Begins(texts["Pause"], word) ? BotStatus.Live
        : Begins(texts["Resume"], word) ? BotStatus.Paused
        : null;

    /// <summary>What may be done with a bot, rather than where it leads.</summary>
    internal IEnumerable<Command> ActionsOn(Actor actor, BotName bot) => Of(actor, bot).Where(command => command.Kind is CommandKind.Action);

    /// <param name="actor">Who asks; nothing is offered that they may not do.</param>
    /// <param name="bot">The bot.</param>
    internal IEnumerable<Command> Of(Actor actor, BotName bot)
    {
        var name = Name(bot);
        foreach (var tab in BotTabs.For(actor))
            yield return new(CommandKind.Page, texts["Tab." + tab], Icons.Material.Outlined.SmartToy, BotTabs.Url(bot.Id, tab)) { Detail = name };
        if (actor.May(Role.Operator) && bot.Status is BotStatus.Live)
            yield return new(CommandKind.Action, texts["Pause"], Icons.Material.Outlined.PauseCircle, null) { Detail = name, Act = () => PauseAsync(actor, bot) };
        if (actor.May(Role.Operator) && bot.Status is BotStatus.Paused)
            yield return new(CommandKind.Action, texts["Resume"], Icons.Material.Outlined.PlayCircle, null) { Detail = name, Act = () => ResumeAsync(actor, bot) };
    }

    private async Task PauseAsync(Actor actor, BotName bot)
    {
        if (!await ConfirmDialog.AskAsync(dialogs, texts["Pause.Title", Name(bot)], texts["Pause.Consequence"], texts["Pause"]))
            return;
        await ShowAsync(bot, texts["Pause"], (await pause.PauseAsync(actor, bot.Id, CancellationToken.None)).Error);
    }

    private async Task ResumeAsync(Actor actor, BotName bot) =>
        await ShowAsync(bot, texts["Resume"], (await pause.ResumeAsync(actor, bot.Id, CancellationToken.None)).Error);

    // Its page says how it stands now, also when somebody else was quicker. Whoever is on it already may have typed something there.
    private async Task ShowAsync(BotName bot, string wanted, Error? refused)
    {
        if (refused is not null)
            await dialogs.ShowMessageBoxAsync(wanted, $"{errors.Cause(refused)} {errors.NextStep(refused)}");
        if (!new Uri(navigation.Uri).AbsolutePath.StartsWith(PageUrls.Bot(bot.Id), StringComparison.OrdinalIgnoreCase))
            navigation.NavigateTo(PageUrls.Bot(bot.Id));
    }

    private static bool Begins(string title, string word) =>
        CultureInfo.CurrentUICulture.CompareInfo.IsPrefix(title, word, CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace);

    private string Name(BotName bot) => bot.Name.Length > 0 ? bot.Name : texts["Unnamed"];
}
