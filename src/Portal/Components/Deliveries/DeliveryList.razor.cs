using Core.Bots;
using Core.Outcomes;
using Core.Storage;
using Core.Webhooks;
using Microsoft.AspNetCore.Components;
using Portal.Components.Shared;

namespace Portal.Components.Deliveries;

/// <summary>The log of everything Freshchat sent.</summary>
public sealed partial class DeliveryList : LivePage
{
    private const int PageSize = 50;

    private IReadOnlyList<DeliveryView>? _deliveries;
    private IReadOnlyList<BotSummary> _bots = [];
    private Error? _problem;
    private string? _next;
    private DeliveryStatus? _status;
    private Guid? _bot;
    private int _shown = PageSize;

    /// <summary>Only of this conversation.</summary>
    [SupplyParameterFromQuery]
    public string? Conversation { get; set; }

    [Inject]
    private FindDeliveries FindDeliveries { get; set; } = default!;

    [Inject]
    private FindBots FindBots { get; set; } = default!;

    private List<FilterOption<DeliveryStatus>> Statuses =>
        [
            new(null, "all", Text["Status.All"]),
            .. Enum.GetValues<DeliveryStatus>()
                .Select(status => new FilterOption<DeliveryStatus>(status, status.ToString().ToLowerInvariant(), Text["Status." + status])),
        ];

    /// <inheritdoc />
    protected override bool Concerns(Change change) => _bot is null || change.BotId == _bot;

    /// <inheritdoc />
    protected override async Task ReadAsync()
    {
        var found = await FindDeliveries.ListAsync(Actor, new(_bot, _status, Conversation: Conversation), _shown, null, Gone);
        (_deliveries, _next, _problem) = (found.Value?.Items, found.Value?.Next, found.Error);
        _bots = (await FindBots.ListAsync(Actor, new(), 200, null, Gone)).Value?.Items ?? [];
    }

    // The first copy counts as well as the retries that Freshchat announced and the copies that it did not.
    private string Copies(DeliveryView delivery) =>
        delivery is { RetryCount: 0, Duplicates: 0 } ? "–" : Text["Copies", delivery.RetryCount, delivery.Duplicates];

    private Task FilterAsync(DeliveryStatus? status, Guid? bot)
    {
        (_status, _bot, _shown) = (status, bot, PageSize);
        return ReadInTurnAsync();
    }

    private Task MoreAsync()
    {
        _shown += PageSize;
        return ReadInTurnAsync();
    }
}
