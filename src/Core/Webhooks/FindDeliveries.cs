using Core.Outcomes;
using Core.Security;

namespace Core.Webhooks;

/// <summary>Reads deliveries: the log of everything Freshchat sent.</summary>
public sealed class FindDeliveries
{
    /// <summary>The list, the latest first.</summary>
    public Task<Result<Page<DeliveryView>>> ListAsync(Actor actor, DeliveryFilter filter, int limit, string? after, CancellationToken cancel) =>
        throw new NotImplementedException();

    /// <summary>One delivery with its attempts.</summary>
    public Task<Result<DeliveryView>> GetAsync(Actor actor, string id, CancellationToken cancel) => throw new NotImplementedException();

    /// <summary>The body as it was received; null when it has been purged.</summary>
    public Task<Result<string?>> PayloadAsync(Actor actor, string id, CancellationToken cancel) => throw new NotImplementedException();
}

/// <summary>Which deliveries.</summary>
/// <param name="Bot">Only of this bot.</param>
/// <param name="Status">Only with this status.</param>
/// <param name="Action">Only with this action, as Freshchat writes it.</param>
/// <param name="Conversation">Only of this conversation: our id or Freshchat's.</param>
/// <param name="From">Received at or after (our clock).</param>
/// <param name="To">Received before (our clock).</param>
/// <param name="Search">Part of message id, conversation id or reason.</param>
public sealed record DeliveryFilter(
    Guid? Bot = null,
    DeliveryStatus? Status = null,
    string? Action = null,
    string? Conversation = null,
    DateTimeOffset? From = null,
    DateTimeOffset? To = null,
    string? Search = null
);
