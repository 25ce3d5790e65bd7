using Core.Bots;
using Core.Outcomes;
using Microsoft.AspNetCore.Components;
using Portal.Components.Layout;
using Portal.Components.Shared;

namespace Portal.Components.Bots;

/// <summary>All bots and how they fare.</summary>
public sealed partial class Dashboard : LivePage
{
    private const int FirstRows = 50;

    private BotTable? _table;
    private IReadOnlyList<BotSummary> _first = [];
    private int? _total;
    private BotCounts _counts = new(new Dictionary<BotStatus, int>(), 0);
    private Error? _problem;
    private string? _search;
    private BotGroup? _group;
    private BotOrder _order;
    private bool _descending;

    [Inject]
    private ShowBots ShowBots { get; set; } = default!;

    [Inject]
    private Reader Reader { get; set; } = default!;

    private bool NothingAtAll => _total == 0 && _counts.ByStatus.Values.Sum() == 0 && _group is null && string.IsNullOrEmpty(_search);

    private List<FilterOption<BotGroup>> Options =>
        [
            new(null, "all", Text["Filter.All"], _counts.ByStatus.Values.Sum()),
            new(BotGroup.Live, "live", Text["Filter.Live"], _counts.ByStatus.GetValueOrDefault(BotStatus.Live)),
            new(BotGroup.NeedsAttention, "attention", Text["Filter.NeedsAttention"], _counts.NeedAttention),
            new(BotGroup.Paused, "paused", Text["Filter.Paused"], _counts.ByStatus.GetValueOrDefault(BotStatus.Paused)),
            new(BotGroup.Draft, "draft", Text["Filter.Draft"], _counts.ByStatus.GetValueOrDefault(BotStatus.Draft)),
            new(BotGroup.Archived, "archived", Text["Filter.Archived"]),
        ];

    private BotQuery Query
    {
        get
        {
            var now = Reader.Local(Clock.GetUtcNow());
            return new(Filter(_group), _order, _descending, now - now.TimeOfDay);
        }
    }

    /// <inheritdoc />
    protected override TimeSpan Throttle => TimeSpan.FromSeconds(1);

    /// <inheritdoc />
    protected override async Task ReadAsync()
    {
        var bots = await ShowBots.HandleAsync(Actor, Query, 0, FirstRows, Gone);
        var counts = await ShowBots.CountAsync(Actor, Gone);
        _problem = bots.Error ?? counts.Error;
        if (!bots.Succeeded || !counts.Succeeded)
            return;
        (_total, _first, _counts) = (bots.Value.Total, bots.Value.Items, counts.Value);
        if (_table is not null)
            await _table.RefreshAsync();
    }

    // A reader who scrolls on cancels it; who leaves the page, too.
    private async Task<BotWindow> WindowAsync(int start, int count, CancellationToken cancel)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, Gone);
        var bots = await ShowBots.HandleAsync(Actor, Query, start, count, either.Token);
        return bots.Value ?? new([], 0);
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
        _group = group;
        return ReadInTurnAsync();
    }

    private Task SearchAsync(ChangeEventArgs input)
    {
        _search = input.Value as string;
        return ReadInTurnAsync();
    }

    private Task ShowAllAsync()
    {
        _search = null;
        return FilterAsync(null);
    }

    private Task SortAsync(ChangeEventArgs choice) =>
        Enum.TryParse<BotOrder>(choice.Value as string, out var order) ? OrderAsync((order, order is not BotOrder.Name)) : Task.CompletedTask;

    private Task OrderAsync((BotOrder Order, bool Descending) order)
    {
        (_order, _descending) = order;
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
