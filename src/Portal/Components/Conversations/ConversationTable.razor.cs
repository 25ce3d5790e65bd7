using System.Globalization;
using Core.Conversations;
using Core.Storage;
using Microsoft.AspNetCore.Components;
using Portal.Components.Shared;

namespace Portal.Components.Conversations;

/// <summary>Conversations of all bots or of one, the latest event first.</summary>
public sealed partial class ConversationTable : LivePage
{
    // Between two strokes of one word.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(150);

    private readonly GrowingList<ConversationSummary> _list = new(conversation => conversation.Id, (one, other) => Place(other).CompareTo(Place(one)));
    private readonly Narrowed<Part> _narrowed = new(new());
    private string _typed = "";
    private int _strokes;

    /// <summary>The bot whose page this is on.</summary>
    [Parameter]
    public Guid? Bot { get; set; }

    /// <summary>Names the bot of each conversation and lets people choose one.</summary>
    [Parameter]
    public bool ShowBot { get; set; }

    /// <summary>Only answered by.</summary>
    [SupplyParameterFromQuery(Name = "owner")]
    public string? ChosenOwner { get; set; }

    /// <summary>Only of this bot.</summary>
    [SupplyParameterFromQuery(Name = "bot")]
    public string? ChosenBot { get; set; }

    /// <summary>Only those whose customer has no answer.</summary>
    [SupplyParameterFromQuery(Name = "unanswered")]
    public bool ChosenUnanswered { get; set; }

    /// <summary>Of these only those whose customer wrote while the bot was paused.</summary>
    [SupplyParameterFromQuery(Name = "writtenInPause")]
    public bool ChosenWrittenInPause { get; set; }

    /// <summary>Only those that this fits.</summary>
    [SupplyParameterFromQuery(Name = "search")]
    public string? ChosenSearch { get; set; }

    [Inject]
    private FindConversations FindConversations { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private static string Latest => ConversationFilter.Latest.ToString("N0", CultureInfo.CurrentCulture);

    private Part To => _narrowed.To;

    private Part Whole => new(null, Bot);

    private bool LooksAtLatest => To.Unanswered || To.Search is not null;

    private List<FilterOption<Owner>> Owners =>
        [
            new(null, "all", Text["Owner.All"]),
            new(Owner.Bot, "bot", Text["Filter.Bot"]),
            new(Owner.People, "people", Text["Filter.People"]),
        ];

    /// <summary>What no index knows costs more to read.</summary>
    protected override TimeSpan Throttle => LooksAtLatest ? TimeSpan.FromSeconds(2) : base.Throttle;

    /// <inheritdoc />
    protected override bool Concerns(Change change) => To.Bot is null || change.BotId == To.Bot || change.BotId == Change.EveryBot;

    /// <inheritdoc />
    protected override Task OnParametersSetAsync()
    {
        var bot = Bot ?? (Guid.TryParse(ChosenBot, out var chosen) ? chosen : null);
        if (!_narrowed.Hears(new(Chosen.Read<Owner>(ChosenOwner), bot, ChosenUnanswered, Said(ChosenSearch), ChosenUnanswered && ChosenWrittenInPause)))
            return Task.CompletedTask;
        _typed = To.Search ?? "";
        return ReadAnewAsync();
    }

    /// <inheritdoc />
    protected override Task ReadAsync()
    {
        var filter = new ConversationFilter(To.Bot, null, To.Owner, To.Unanswered, To.Search, To.WrittenInPause);
        return _list.ReadAsync((limit, after) => FindConversations.ListAsync(Actor, filter, limit, after, Gone));
    }

    private static (DateTimeOffset, long) Place(ConversationSummary conversation) =>
        (conversation.LastEventAt, long.Parse(conversation.Id, CultureInfo.InvariantCulture));

    private Task NarrowAsync(Part to)
    {
        _narrowed.Choose(to);
        var words = new Dictionary<string, object?>
        {
            ["owner"] = Chosen.Write(to.Owner),
            ["bot"] = Bot is null ? to.Bot : null,
            ["unanswered"] = to.Unanswered ? "true" : null,
            ["writtenInPause"] = to.WrittenInPause ? "true" : null,
            ["search"] = to.Search,
        };
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameters(words), replace: true);
        return ReadAnewAsync();
    }

    private async Task TypeAsync(string text)
    {
        _typed = text;
        var stroke = ++_strokes;
        await Task.Delay(Pause, Clock, Gone);
        if (stroke == _strokes && Said(text) != To.Search)
            await NarrowAsync(To with { Search = Said(text) });
    }

    private Task ShowAllAsync()
    {
        _typed = "";
        return NarrowAsync(Whole);
    }

    private Task MoreAsync()
    {
        _list.Grow();
        return ReadInTurnAsync();
    }

    private Task ReadAnewAsync()
    {
        _list.BeginAnew();
        return ReadInTurnAsync();
    }

    private static string? Said(string? search) => string.IsNullOrWhiteSpace(search) ? null : search.Trim();

    private sealed record Part(Owner? Owner = null, Guid? Bot = null, bool Unanswered = false, string? Search = null, bool WrittenInPause = false);
}
