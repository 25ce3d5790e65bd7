using System.Globalization;
using Core.Storage;
using Core.Webhooks;
using Microsoft.AspNetCore.Components;
using Portal.Components.Shared;

namespace Portal.Components.Deliveries;

/// <summary>The log of everything Freshchat sent.</summary>
public sealed partial class DeliveryList : LivePage
{
    private static readonly Part Whole = new();

    private readonly GrowingList<DeliveryView> _list = new(delivery => delivery.Id, (one, other) => Number(other).CompareTo(Number(one)));
    private readonly Narrowed<Part> _narrowed = new(Whole);

    /// <summary>Only with this status.</summary>
    [SupplyParameterFromQuery]
    public string? Status { get; set; }

    /// <summary>Only of this bot.</summary>
    [SupplyParameterFromQuery]
    public string? Bot { get; set; }

    /// <summary>Only of this conversation.</summary>
    [SupplyParameterFromQuery]
    public string? Conversation { get; set; }

    /// <summary>Only what customers wrote.</summary>
    [SupplyParameterFromQuery]
    public bool Customers { get; set; }

    [Inject]
    private FindDeliveries FindDeliveries { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private Part To => _narrowed.To;

    private List<FilterOption<DeliveryStatus>> Statuses =>
        [
            new(null, "all", Text["Status.All"]),
            .. Enum.GetValues<DeliveryStatus>()
                .Select(status => new FilterOption<DeliveryStatus>(status, status.ToString().ToLowerInvariant(), Text["Status." + status])),
        ];

    /// <inheritdoc />
    protected override bool Concerns(Change change) => To.Bot is null || change.BotId == To.Bot || change.BotId == Change.EveryBot;

    /// <inheritdoc />
    protected override Task OnParametersSetAsync() =>
        _narrowed.Hears(
            new(
                Chosen.Read<DeliveryStatus>(Status),
                Guid.TryParse(Bot, out var bot) ? bot : null,
                string.IsNullOrWhiteSpace(Conversation) ? null : Conversation,
                Customers
            )
        )
            ? ReadAnewAsync()
            : Task.CompletedTask;

    /// <inheritdoc />
    protected override Task ReadAsync()
    {
        var filter = new DeliveryFilter(To.Bot, To.Status, Conversation: To.Conversation);
        var narrowed = To.Customers ? filter.CustomersMessages() : filter;
        return _list.ReadAsync((limit, after) => FindDeliveries.ListAsync(Actor, narrowed, limit, after, Gone));
    }

    // The first copy counts as well as the retries that Freshchat announced and the copies that it did not.
    private string Copies(DeliveryView delivery) =>
        delivery is { RetryCount: 0, Duplicates: 0 } ? "–" : Text["Copies", delivery.RetryCount, delivery.Duplicates];

    private static long Number(DeliveryView delivery) => long.Parse(delivery.Id, CultureInfo.InvariantCulture);

    private Task NarrowAsync(Part to)
    {
        _narrowed.Choose(to);
        var words = new Dictionary<string, object?>
        {
            ["status"] = Chosen.Write(to.Status),
            ["bot"] = to.Bot,
            ["conversation"] = to.Conversation,
            ["customers"] = to.Customers ? "true" : null,
        };
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

    private sealed record Part(DeliveryStatus? Status = null, Guid? Bot = null, string? Conversation = null, bool Customers = false);
}
