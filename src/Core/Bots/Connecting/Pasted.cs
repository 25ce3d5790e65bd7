namespace Core.Bots.Connecting;

/// <summary>What a pasted text turned out to hold. Not a record: a record would print its token.</summary>
public sealed class Pasted
{
    /// <summary>"Chat URL", verbatim.</summary>
    public string? ChatUrl { get; init; }

    /// <summary>API token; a secret.</summary>
    public string? ApiToken { get; init; }

    /// <summary>App ID.</summary>
    public string? AppId { get; init; }

    /// <summary>Host of the chat widget. No setting needs it: it is not the Chat URL, which is never made up from it (freshchat.md 2.1).</summary>
    public string? Host { get; init; }

    /// <summary>Public key of the webhooks, in the shape it had.</summary>
    public string? PublicKey { get; init; }

    /// <summary>Site ids, each once, in the order in which they stood.</summary>
    public IReadOnlyList<string> SiteIds { get; init; } = [];

    /// <summary>
    /// What was seen and not taken, by stable code: <c>pasted_private_key</c>, <c>pasted_key_unreadable</c>, <c>pasted_several_chat_urls</c>,
    /// <c>pasted_several_tokens</c>, <c>pasted_several_app_ids</c>, <c>pasted_several_keys</c>.
    /// </summary>
    public IReadOnlyList<string> LeftOut { get; init; } = [];

    /// <summary>Whether there is anything to fill in.</summary>
    public bool HoldsNothing => this is { ChatUrl: null, ApiToken: null, AppId: null, Host: null, PublicKey: null, SiteIds.Count: 0 };
}
