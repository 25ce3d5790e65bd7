using Core.Bots;
using Core.Outcomes;
using Microsoft.AspNetCore.Components;
using Portal.Components.Shared;

namespace Portal.Components.Bots;

/// <summary>All bots and how they fare.</summary>
public sealed partial class Dashboard : LivePage
{
    private const int PageSize = 50;

    private IReadOnlyList<BotSummary>? _bots;
    private IReadOnlyDictionary<BotStatus, int> _counts = new Dictionary<BotStatus, int>();
    private Error? _problem;
    private string? _next;
    private string? _search;
    private BotGroup? _group;
    private int _attention;
    private int _shown = PageSize;

    [Inject]
    private FindBots FindBots { get; set; } = default!;

    private bool NothingAtAll => _bots is { Count: 0 } && _counts.Values.Sum() == 0 && _group is null && string.IsNullOrEmpty(_search);

    private List<FilterOption<BotGroup>> Options =>
        [
            new(null, "all", Text["Filter.All"], _counts.Values.Sum()),
            new(BotGroup.Live, "live", Text["Filter.Live"], _counts.GetValueOrDefault(BotStatus.Live)),
            new(BotGroup.NeedsAttention, "attention", Text["Filter.NeedsAttention"], _attention),
            new(BotGroup.Paused, "paused", Text["Filter.Paused"], _counts.GetValueOrDefault(BotStatus.Paused)),
            new(BotGroup.Draft, "draft", Text["Filter.Draft"], _counts.GetValueOrDefault(BotStatus.Draft)),
            new(BotGroup.Archived, "archived", Text["Filter.Archived"]),
        ];

    /// <inheritdoc />
    protected override async Task ReadAsync()
    {
        var bots = await FindBots.ListAsync(Actor, Filter(_group), _shown, null, Gone);
        var counts = await FindBots.CountAsync(Actor, Gone);
        var attention = await FindBots.ListAsync(Actor, Filter(BotGroup.NeedsAttention), 200, null, Gone);
        _problem = bots.Error ?? counts.Error ?? attention.Error;
        if (!bots.Succeeded || !counts.Succeeded)
            return;
        (_bots, _next) = (bots.Value.Items, bots.Value.Next);
        _counts = counts.Value;
        _attention = attention.Value?.Items.Count ?? 0;
    }

    private BotFilter Filter(BotGroup? group)
    {
        var search = string.IsNullOrWhiteSpace(_search) ? null : _search.Trim();
        return group switch
        {
            BotGroup.Live => new(BotStatus.Live, search),
            BotGroup.Paused => new(BotStatus.Paused, search),
            BotGroup.Draft => new(BotStatus.Draft, search),
            BotGroup.Archived => new(BotStatus.Archived, search),
            BotGroup.NeedsAttention => new(null, search, NeedsAttention: true),
            _ => new(null, search),
        };
    }

    private Task FilterAsync(BotGroup? group)
    {
        (_group, _shown) = (group, PageSize);
        return ReadInTurnAsync();
    }

    private Task SearchAsync(ChangeEventArgs input)
    {
        (_search, _shown) = (input.Value as string, PageSize);
        return ReadInTurnAsync();
    }

    private Task ShowAllAsync()
    {
        _search = null;
        return FilterAsync(null);
    }

    private Task MoreAsync()
    {
        _shown += PageSize;
        return ReadInTurnAsync();
    }
}

/// <summary>What the dashboard is filtered by.</summary>
public enum BotGroup
{
    /// <summary>Answering.</summary>
    Live,

    /// <summary>Something is wrong.</summary>
    NeedsAttention,

    /// <summary>Silent on purpose.</summary>
    Paused,

    /// <summary>Not finished.</summary>
    Draft,

    /// <summary>Gone.</summary>
    Archived,
}
