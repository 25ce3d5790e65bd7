using System.Globalization;
using Core.Bots;
using Core.Bots.Accounts;
using Core.Bots.Sites;
using Core.Outcomes;
using Core.Security;
using Core.Storage;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using MudBlazor;
using Portal.Components.Shared;

namespace Portal.Components.Sites;

/// <summary>Everything about the sites of a bot: its rules, what they miss, and what they lead to.</summary>
public sealed partial class SitesPanel : LivePage
{
    private List<SiteRuleSettings> _rules = [];
    private string? _defaultContext;
    private SiteMap? _saved;
    private IReadOnlyList<UnknownSiteView> _unknown = [];
    private IReadOnlyList<RuleUse> _uses = [];
    private IReadOnlyList<ChannelView> _topics = [];
    private Error? _unreadable;
    private Error? _topicsUnread;
    private Error? _problem;
    private bool _savedNow;
    private bool _busy;
    private bool _importing;

    /// <summary>The bot.</summary>
    [Parameter, EditorRequired]
    public BotView Bot { get; set; } = default!;

    /// <summary>An unknown site was taken off the list.</summary>
    [Parameter]
    public EventCallback Dismissed { get; set; }

    /// <summary>The unknown site that somebody came to map.</summary>
    [SupplyParameterFromQuery]
    public string? Site { get; set; }

    [Inject]
    private MapSites MapSites { get; set; } = default!;

    [Inject]
    private FindUnknownSites FindUnknownSites { get; set; } = default!;

    [Inject]
    private DismissUnknownSite DismissUnknownSite { get; set; } = default!;

    [Inject]
    private CountRuleUse CountRuleUse { get; set; } = default!;

    [Inject]
    private FindTopics FindTopics { get; set; } = default!;

    [Inject]
    private TryContext TryContext { get; set; } = default!;

    [Inject]
    private IDialogService Dialogs { get; set; } = default!;

    private bool MayMap => Actor.May(Role.Operator) && Bot.Status is not BotStatus.Archived;

    private bool Dirty => _saved is { } saved && (!Same(_rules, saved.Rules) || (_defaultContext ?? "").Trim() != (saved.DefaultContext ?? ""));

    // Compares every rule with all before it: once for each drawing.
    private IReadOnlyList<SiteFinding> FindFindings() => SiteLinter.Check(_rules, _uses, Clock.GetUtcNow(), _topics.Count > 0 ? [.. _topics.Select(topic => topic.Id)] : null);

    private string FileName => $"{(Bot.Name.Length > 0 ? Bot.Name : "sites")}.csv";

    private string Export => "data:text/csv;base64," + Convert.ToBase64String(WriteSitesCsv.Write(_rules, CultureInfo.CurrentCulture));

    // The default, or none at all, is what most customers meet: it is tried first.
    private IReadOnlyList<string?> Contexts =>
        [.. _rules.Select(rule => (string?)rule.Context.Trim()).Prepend(string.IsNullOrWhiteSpace(_defaultContext) ? null : _defaultContext.Trim()).Where(context => context is not "").Distinct()];

    /// <inheritdoc />
    protected override bool Concerns(Change change) => change.BotId == Bot.Id;

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
            return;
        // Freshchat may be slow; the rules need not wait for the names of topics.
        await ReadTopicsAsync();
        StateHasChanged();
    }

    /// <inheritdoc />
    protected override async Task ReadAsync()
    {
        var unknown = await FindUnknownSites.HandleAsync(Actor, Bot.Id, Gone);
        var map = await MapSites.ReadAsync(Actor, Bot.Id, Gone);
        (_unknown, _unreadable) = (unknown.Value ?? [], map.Error);
        if (!map.Succeeded)
            return;
        var known = _saved?.Mark == map.Value.Mark;
        // What is being edited is not overwritten by what others do; saving will tell.
        if (known || Dirty)
            return;
        Show(map.Value);
        await CountAsync();
    }

    private async Task CountAsync() => _uses = (await CountRuleUse.HandleAsync(Actor, Bot.Id, Gone)).Value ?? [];

    private async Task ReadTopicsAsync()
    {
        try
        {
            var topics = await FindTopics.HandleAsync(Actor, Bot.Id, Gone);
            (_topics, _topicsUnread) = (topics.Value ?? [], topics.Error);
        }
        catch (OperationCanceledException) when (Gone.IsCancellationRequested) { }
    }

    private void Show(SiteMap map)
    {
        (_saved, _defaultContext, _problem) = (map, map.DefaultContext, null);
        _rules = [.. map.Rules.Select(Copy)];
    }

    private void Edited() => (_savedNow, _problem) = (false, null);

    private void SetDefault(string? context)
    {
        _defaultContext = context;
        Edited();
    }

    private void Import(IReadOnlyList<SiteRuleSettings> rules)
    {
        (_rules, _importing) = ([.. rules], false);
        Edited();
    }

    private async Task SaveAsync(bool force)
    {
        if (_busy)
            return;
        _busy = true;
        try
        {
            // Not cancelled by leaving the page: what was asked for happens.
            var saved = await MapSites.SaveAsync(Actor, Bot.Id, new(_rules, _defaultContext, force ? null : _saved?.Mark), CancellationToken.None);
            (_problem, _savedNow) = (saved.Error, saved.Succeeded);
            if (!saved.Succeeded)
                return;
            Show(saved.Value);
            await CountAsync();
        }
        finally
        {
            _busy = false;
        }
    }

    private async Task<Error?> MapAsync(SiteRuleSettings rule)
    {
        var (before, edited) = (_saved, Dirty);
        var mapped = await MapSites.MapAsync(Actor, Bot.Id, rule, CancellationToken.None);
        if (!mapped.Succeeded)
            return mapped.Error;
        if (!edited)
        {
            Show(mapped.Value);
            return null;
        }
        // Beside unsaved changes the new rule joins them; what others have changed still shows when they are saved.
        if (!_rules.Exists(r => r.Source == rule.Source && r.SiteId.Trim() == rule.SiteId))
            _rules.Add(Copy(rule));
        if (before is not null && Same([.. before.Rules, rule], mapped.Value.Rules))
            _saved = mapped.Value;
        return null;
    }

    private async Task<Error?> DismissAsync(UnknownSiteView site)
    {
        var dismissed = await DismissUnknownSite.HandleAsync(Actor, Bot.Id, site.Id, CancellationToken.None);
        if (!dismissed.Succeeded)
            return dismissed.Error;
        await ReadInTurnAsync();
        await Dismissed.InvokeAsync();
        return null;
    }

    private async Task TakeTheirsAsync()
    {
        (_saved, _savedNow, _problem) = (null, false, null);
        await ReadInTurnAsync();
    }

    private async Task LeaveAsync(LocationChangingContext leaving)
    {
        if (Dirty && !await ConfirmDialog.AskAsync(Dialogs, Text["Leave"], Text["Leave.Consequence"], Text["Leave.Do"], destructive: true))
            leaving.PreventNavigation();
    }

    private Error? ProblemAt(string field) => _problem is null || (field == "sites") == (_problem.Field is "defaultContext") ? null : _problem;

    private static SiteRuleSettings Copy(SiteRuleSettings rule) => new() { Source = rule.Source, SiteId = rule.SiteId, Context = rule.Context };

    private static bool Same(List<SiteRuleSettings> one, IReadOnlyList<SiteRuleSettings> other) =>
        one.Count == other.Count && one.Zip(other).All(pair => Key(pair.First) == Key(pair.Second));

    private static (SiteSource, string, string) Key(SiteRuleSettings rule) => (rule.Source, rule.SiteId.Trim(), rule.Context.Trim());
}
