using Sandbox.Control;
using Sandbox.Freshchat.Account;

namespace Sandbox.Freshchat.Webhooks;

/// <summary>Puts events on their way in the transaction that made them happen.</summary>
internal sealed class WebhookQueue(SwitchBoard switches) : IDisposable
{
    private readonly SemaphoreSlim _bell = new(0);

    /// <summary>Adds a webhook unless the account sends none; the caller saves, and rings once it has committed.</summary>
    public void Add(SandboxDb db, FreshchatAccount account, ConversationEvent happened)
    {
        if (!account.SendsWebhooks)
            return;
        var body = EventPayload.Write(happened, account.AppId, switches.Get(FreshchatSwitches.Generation));
        db.Add(
            new WebhookDelivery
            {
                ConversationId = happened.Conversation.Id,
                Action = EventPayload.Action(happened),
                MessageId = (happened as MessageCreated)?.Message.Id,
                Url = account.WebhookUrl,
                Body = body,
                Signature = account.Sign(body),
                CreatedTime = happened.At,
            }
        );
    }

    /// <summary>Wakes the sender.</summary>
    public void Ring()
    {
        if (_bell.CurrentCount == 0)
            _bell.Release();
    }

    /// <summary>Waits until somebody rings.</summary>
    public Task Bell(CancellationToken cancel) => _bell.WaitAsync(cancel);

    public void Dispose() => _bell.Dispose();
}
