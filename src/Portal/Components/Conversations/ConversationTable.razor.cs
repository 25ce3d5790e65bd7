using System.Globalization;
using Core.Conversations;
using Core.Storage;
using Microsoft.AspNetCore.Components;
using Portal.Components.Shared;

namespace Portal.Components.Conversations;

/// <summary>Conversations of all bots or of one, the latest event first.</summary>
public sealed partial class ConversationTable : LivePage
{
    private readonly GrowingList<ConversationSummary> _list = new(conversation => conversation.Id, (one, other) => Place(other).CompareTo(Place(one)));
    private readonly Narrowed<Part> _narrowed = new(new());

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

    [Inject]
    private FindConversations FindConversations { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private Part To => _narrowed.To;

    private Part Whole => new(null, Bot);

    private List<FilterOption<Owner>> Owners =>
        [
            new(null, "all", Text["Owner.All"]),
            new(Owner.Bot, "bot", Text["Filter.Bot"]),
            new(Owner.People, "people", Text["Filter.People"]),
        ];

    /// <inheritdoc />
    protected override bool Concerns(Change change) => To.Bot is null || change.BotId == To.Bot || change.BotId == Change.EveryBot;

    /// <inheritdoc />
    protected override Task OnParametersSetAsync() =>
        _narrowed.Hears(new(Chosen.Read<Owner>(ChosenOwner), Bot ?? (Guid.TryParse(ChosenBot, out var bot) ? bot : null))) ? ReadAnewAsync() : Task.CompletedTask;

    /// <inheritdoc />
    protected override Task ReadAsync()
    {
        var filter = new ConversationFilter(To.Bot, null, To.Owner);
        return _list.ReadAsync((limit, after) => FindConversations.ListAsync(Actor, filter, limit, after, Gone));
    }

    private static (DateTimeOffset, long) Place(ConversationSummary conversation) =>
        (conversation.LastEventAt, long.Parse(conversation.Id, CultureInfo.InvariantCulture));

    private Task NarrowAsync(Part to)
    {
        _narrowed.Choose(to);
        var words = new Dictionary<string, object?> { ["owner"] = Chosen.Write(to.Owner), ["bot"] = Bot is null ? to.Bot : null };
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameters(words), replace: true);
        return ReadAnewAsync();
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

    private sealed record Part(Owner? Owner = null, Guid? Bot = null);
}
