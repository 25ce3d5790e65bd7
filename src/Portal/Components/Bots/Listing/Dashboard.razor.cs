using Core.Bots;
using Core.Bots.Listing;
using Core.Outcomes;
using Microsoft.AspNetCore.Components;
using Portal.Components.Layout;
using Portal.Components.Shared;

namespace Portal.Components.Bots.Listing;

/// <summary>All bots and how they fare.</summary>
public sealed partial class Dashboard : LivePage
{
    private const int FirstRows = 50;
    private static readonly Part Whole = new();

    // Between two strokes of one word.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(150);

    private readonly Narrowed<Part> _narrowed = new(Whole);
    private BotTable? _table;
    private IReadOnlyList<BotSummary> _first = [];
    private int? _total;
    private BotCounts _counts = new(new Dictionary<BotStatus, int>(), 0, 0);
    private Error? _problem;
    private string _typed = "";
    private int _strokes;
    private bool _toBeRead;

    /// <summary>Only bots of this <see cref="BotGroup"/>.</summary>
    [SupplyParameterFromQuery]
    public string? Status { get; set; }

    /// <summary>Only bots that this fits.</summary>
    [SupplyParameterFromQuery]
    public string? Search { get; set; }

    /// <summary>The <see cref="BotOrder"/> of the list, with a minus before it when the greatest come first.</summary>
    [SupplyParameterFromQuery]
    public string? Sort { get; set; }

    [Inject]
    private ShowBots ShowBots { get; set; } = default!;

    [Inject]
    private Reader Reader { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private Part To => _narrowed.To;

    private int NotArchived => _counts.ByStatus.Values.Sum();

    private bool NothingAtAll => _total == 0 && NotArchived + _counts.Archived == 0;

    private bool AllArchived => NotArchived == 0 && To is { Group: null, Search: null };

    private List<FilterOption<BotGroup>> Options =>
        [
            new(null, "all", Text["Filter.All"], NotArchived),
            new(BotGroup.Live, "live", Text["Filter.Live"], _counts.ByStatus.GetValueOrDefault(BotStatus.Live)),
            new(BotGroup.NeedsAttention, "attention", Text["Filter.NeedsAttention"], _counts.NeedAttention),
            new(BotGroup.Paused, "paused", Text["Filter.Paused"], _counts.ByStatus.GetValueOrDefault(BotStatus.Paused)),
            new(BotGroup.Draft, "draft", Text["Filter.Draft"], _counts.ByStatus.GetValueOrDefault(BotStatus.Draft)),
            new(BotGroup.Archived, "archived", Text["Filter.Archived"], _counts.Archived),
        ];

    private BotQuery Query => new(Filter, To.Order, To.Descending, Reader.Midnight(Clock.GetUtcNow()));

    private BotFilter Filter =>
        To.Group switch
        {
            BotGroup.Live => new(BotStatus.Live, To.Search),
            BotGroup.Paused => new(BotStatus.Paused, To.Search),
            BotGroup.Draft => new(BotStatus.Draft, To.Search),
            BotGroup.Archived => new(BotStatus.Archived, To.Search),
            BotGroup.NeedsAttention => new(null, To.Search, NeedsAttention: true),
            _ => new(null, To.Search),
        };

    /// <inheritdoc />
    protected override TimeSpan Throttle => TimeSpan.FromSeconds(1);

    /// <inheritdoc />
    protected override Task OnParametersSetAsync()
    {
        var (order, descending) = Sort is ['-', .. var by] ? (by, true) : (Sort, false);
        if (!_narrowed.Hears(new(Chosen.Read<BotGroup>(Status), Said(Search), Chosen.Read<BotOrder>(order) ?? default, descending)))
            return Task.CompletedTask;
        _typed = To.Search ?? "";
        return ReadLatestAsync();
    }

    /// <inheritdoc />
    protected override async Task ReadAsync()
    {
        _toBeRead = false;
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

    // A reading that has not begun will see what is chosen by then: one of them is enough.
    private Task ReadLatestAsync()
    {
        if (_toBeRead)
            return Task.CompletedTask;
        _toBeRead = true;
        return ReadInTurnAsync();
    }

    private Task NarrowAsync(Part to)
    {
        if (to == To)
            return Task.CompletedTask;
        _narrowed.Choose(to);
        var words = new Dictionary<string, object?>
        {
            ["status"] = Chosen.Write(to.Group),
            ["search"] = to.Search,
            ["sort"] = to is { Order: BotOrder.Name, Descending: false } ? null : (to.Descending ? "-" : "") + Chosen.Write<BotOrder>(to.Order),
        };
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameters(words), replace: true);
        return ReadLatestAsync();
    }

    private async Task TypeAsync(string text)
    {
        _typed = text;
        var stroke = ++_strokes;
        await Task.Delay(Pause, Clock, Gone);
        if (stroke == _strokes)
            await NarrowAsync(To with { Search = Said(text) });
    }

    private Task ShowAsync(BotGroup? group)
    {
        _typed = "";
        return NarrowAsync(To with { Group = group, Search = null });
    }

    private Task SortAsync(ChangeEventArgs choice) =>
        Enum.TryParse<BotOrder>(choice.Value as string, out var order) ? OrderAsync((order, order is not BotOrder.Name)) : Task.CompletedTask;

    private Task OrderAsync((BotOrder Order, bool Descending) order) => NarrowAsync(To with { Order = order.Order, Descending = order.Descending });

    private static string? Said(string? search) => string.IsNullOrWhiteSpace(search) ? null : search.Trim();

    private sealed record Part(BotGroup? Group = null, string? Search = null, BotOrder Order = default, bool Descending = false);
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
