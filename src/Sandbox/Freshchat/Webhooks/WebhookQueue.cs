using System.Threading.Channels;
using Sandbox.Control;
using Sandbox.Freshchat.Account;

namespace Sandbox.Freshchat.Webhooks;

/// <summary>Puts events on their way: as rows in the transaction that made them happen, and to the sender once it has committed.</summary>
internal sealed class WebhookQueue(SwitchBoard switches) : ISimulatedSystem, IDisposable
{
    private readonly Channel<Waiting> _waiting = Channel.CreateUnbounded<Waiting>(new() { SingleReader = true });
    private CancellationTokenSource _life = new();

    /// <summary>A webhook to send.</summary>
    /// <param name="Life">Cancelled when the sandbox starts afresh: then it is not sent any more.</param>
    internal readonly record struct Waiting(WebhookDelivery Delivery, CancellationToken Life);

    /// <summary>What is to be sent, in the order of the commits.</summary>
    public ChannelReader<Waiting> Reader => _waiting.Reader;

    /// <summary>Cancelled when the sandbox starts afresh.</summary>
    public CancellationToken Life => _life.Token;

    /// <summary>Adds a webhook unless the account sends none; the caller saves, and sends it once it has committed.</summary>
    /// <returns>The webhook; null when none is sent.</returns>
    public WebhookDelivery? Add(SandboxDb db, FreshchatAccount account, ConversationEvent happened)
    {
        if (!account.SendsWebhooks)
            return null;
        var body = EventPayload.Write(
            happened,
            account.AppId,
            switches.Get(FreshchatSwitches.Generation),
            switches.Get(FreshchatSwitches.LateFileUrl)
        );
        var delivery = new WebhookDelivery
        {
            ConversationId = happened.Conversation.Id,
            Action = EventPayload.Action(happened),
            MessageId = (happened as MessageCreated)?.Message.Id,
            Url = account.WebhookUrl,
            Body = body,
            Signature = account.Sign(body),
            CreatedTime = happened.At,
        };
        db.Add(delivery);
        return delivery;
    }

    /// <summary>Hands a committed webhook to the sender.</summary>
    public void Send(WebhookDelivery delivery) => _waiting.Writer.TryWrite(new(delivery, Life));

    public void Dispose() => _life.Dispose();

    void ISimulatedSystem.Seed(SandboxDb db) { }

    // What waits still holds the token of the old life, so that source is left to the collector.
    void ISimulatedSystem.Forget() => Interlocked.Exchange(ref _life, new()).Cancel();
}
