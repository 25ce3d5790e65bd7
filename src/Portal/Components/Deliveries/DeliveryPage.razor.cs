using System.Text.Encodings.Web;
using System.Text.Json;
using Core.Bots;
using Core.Bots.Listing;
using Core.Outcomes;
using Core.Storage;
using Core.Turns;
using Core.Webhooks;
using Microsoft.AspNetCore.Components;
using Portal.Components.Shared;

namespace Portal.Components.Deliveries;

/// <summary>One webhook: why it ended as it did, what was tried, and what Freshchat sent.</summary>
public sealed partial class DeliveryPage : LivePage
{
    // Only shown as text, never put into markup: people read é better than \u00e9.
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private DeliveryView? _delivery;
    private Error? _problem;
    private Error? _refused;
    private string? _payload;
    private bool _held;

    /// <summary>Our id.</summary>
    [Parameter]
    public string Id { get; set; } = "";

    [Inject]
    private FindDeliveries FindDeliveries { get; set; } = default!;

    [Inject]
    private FindBots FindBots { get; set; } = default!;

    [Inject]
    private ReplayDelivery Replay { get; set; } = default!;

    /// <inheritdoc />
    protected override bool Concerns(Change change) => change.BotId == _delivery?.BotId;

    /// <inheritdoc />
    protected override async Task ReadAsync()
    {
        var found = await FindDeliveries.GetAsync(Actor, Id, Gone);
        (_delivery, _problem) = (found.Value, found.Error);
        if (_delivery is null)
            return;
        _payload = Indented((await FindDeliveries.PayloadAsync(Actor, Id, Gone)).Value);
        _held = _delivery.Status is DeliveryStatus.Waiting && await TokenIsRefusedAsync(_delivery.BotId);
    }

    /// <inheritdoc />
    protected override Task OnParametersSetAsync()
    {
        _refused = null;
        return base.OnParametersSetAsync();
    }

    private async Task TryAgainAsync()
    {
        // Not cancelled by leaving the page: what was asked for happens.
        _refused = (await Replay.HandleAsync(Actor, Id, CancellationToken.None)).Error;
        await ReadInTurnAsync();
    }

    // Only what becomes a turn has its site and context looked for, unless the bot is paused before that.
    private string NotFound(DeliveryView delivery) =>
        delivery.TurnId is not null && delivery is not { SiteId: null, Context: null, Reason: Reasons.BotPaused } ? Words["None"]
        : delivery.Reason is { } reason ? Text["NotLookedFor", Errors.Reason(reason)]
        : Text["NotLookedForYet"];

    private async Task<bool> TokenIsRefusedAsync(Guid bot) =>
        (await FindBots.GetAsync(Actor, bot, Gone)).Value?.Health.Any(check => check.Code is FarCode.TokenRefused) is true;

    private IEnumerable<(string Label, string Value)> Ids(DeliveryView delivery) =>
        new (string Label, string? Value)[]
        {
            (Text["Id.Delivery"], delivery.Id),
            (Text["Id.Message"], delivery.MessageId),
            (Text["Id.Conversation"], delivery.FreshchatConversationId),
            (Text["Id.Key"], delivery.KeyFingerprint),
            (Text["Id.Trace"], delivery.TraceId),
        }.Where(id => id.Value is not null)!;

    private static string? Indented(string? json)
    {
        if (json is null)
            return null;
        try
        {
            using var document = JsonDocument.Parse(json);
            return JsonSerializer.Serialize(document.RootElement, Readable);
        }
        catch (JsonException)
        {
            return json;
        }
    }
}
