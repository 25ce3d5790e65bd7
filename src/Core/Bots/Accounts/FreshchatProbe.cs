using Core.Freshchat;

namespace Core.Bots.Accounts;

/// <summary>What an account says about itself to a token that works.</summary>
/// <param name="AppId">App ID that the account's webhooks carry.</param>
/// <param name="Account">Domain of the account, for people; null when it does not say.</param>
/// <param name="Agents">Every agent, deleted ones left out.</param>
/// <param name="Groups">Every group.</param>
/// <param name="Channels">Every topic.</param>
public sealed record FreshchatProbe(
    string AppId,
    string? Account,
    IReadOnlyList<AgentView> Agents,
    IReadOnlyList<GroupView> Groups,
    IReadOnlyList<ChannelView> Channels
)
{
    /// <summary>What the token says about itself that will be in the way, or soon (freshchat.md 2.2); empty = nothing.</summary>
    public IReadOnlyList<TokenWarning> TokenWarnings { get; init; } = [];
}

/// <summary>An agent of the account (freshchat.md 5.3).</summary>
public sealed record AgentView(string Id, string Name, string? Email, string? RoleName, bool Deactivated, bool IntelliAssign)
{
    /// <summary>Where Freshchat keeps the picture; null = there is none.</summary>
    public string? PictureUrl { get; init; }
}

/// <summary>A group of the account (freshchat.md 5.4).</summary>
public sealed record GroupView(string Id, string Name, string? Description, IReadOnlyList<string> AgentIds);

/// <summary>A topic of the account (freshchat.md 5.4); names need not be unique.</summary>
public sealed record ChannelView(string Id, string Name, string? Locale, bool Enabled);
