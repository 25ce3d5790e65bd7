using Core.Outcomes;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Core.Freshchat;

/// <summary>
/// Freshchat's REST API v2 in its own words (freshchat.md 2-5, 11, 12). Every call names the account it speaks for. Reads are repeated inside,
/// writes never; while an account is held back by a rate limit nothing is sent. Only a cancelled <see cref="CancellationToken"/> throws.
/// </summary>
public sealed partial class FreshchatClient(
    HttpClient http, RateLimits limits, IOptions<OutboundOptions> outbound, TimeProvider clock, ILogger<FreshchatClient> logger)
{
    /// <summary>Probe of host and token; tells the App ID (freshchat.md 5.2).</summary>
    public Task<FarResult<FreshchatConfiguration>> GetConfiguration(FreshchatAccount account, CancellationToken cancellation = default) =>
        Get(account, "accounts/configuration", FreshchatJson.Wire.FreshchatConfiguration, cancellation);

    /// <summary>All agents, all pages (freshchat.md 5.3).</summary>
    public Task<FarResult<IReadOnlyList<FreshchatAgent>>> ListAgents(FreshchatAccount account, CancellationToken cancellation = default) =>
        List(account, "agents", page => page.Agents, agent => agent.Id, page => page.HasNext, cancellation);

    /// <summary>All groups, all pages (freshchat.md 5.4).</summary>
    public Task<FarResult<IReadOnlyList<FreshchatGroup>>> ListGroups(FreshchatAccount account, CancellationToken cancellation = default) =>
        List(account, "groups", page => page.Groups, group => group.Id, page => page.HasNext, cancellation);

    /// <summary>All topics, all pages (freshchat.md 5.4).</summary>
    public Task<FarResult<IReadOnlyList<FreshchatChannel>>> ListChannels(FreshchatAccount account, CancellationToken cancellation = default) =>
        List(account, "channels", page => page.Channels, channel => channel.Id, page => page.HasNext, cancellation);

    /// <summary>A customer, for the site id (freshchat.md 5.5, 13).</summary>
    public Task<FarResult<FreshchatUser>> GetUser(FreshchatAccount account, string userId, CancellationToken cancellation = default) =>
        Get(account, PathTo("users", userId), FreshchatJson.Wire.FreshchatUser, cancellation);

    /// <summary>A conversation, to read back a hand-over (freshchat.md 12.3).</summary>
    public Task<FarResult<FreshchatConversation>> GetConversation(
        FreshchatAccount account, ConversationIds conversation, CancellationToken cancellation = default) =>
        ByEitherId(conversation, path => Get(account, path, FreshchatJson.Wire.FreshchatConversation, cancellation));

    /// <summary>
    /// Hands the conversation to a group; sends the group and nothing else (freshchat.md 12.2). May be repeated without looking.
    /// </summary>
    public Task<FarResult<FreshchatConversation>> AssignGroup(
        FreshchatAccount account, ConversationIds conversation, string groupId, CancellationToken cancellation = default) =>
        ByEitherId(conversation, path => Write(
            account, HttpMethod.Put, path,
            new AssignGroupBody(groupId), FreshchatJson.Wire.AssignGroupBody, FreshchatJson.Wire.FreshchatConversation, cancellation));

    /// <summary>
    /// Takes the agent off the conversation, with <c>""</c> or with a single space (freshchat.md 12.3). May be repeated without
    /// looking.
    /// </summary>
    public Task<FarResult<FreshchatConversation>> ReleaseAgent(
        FreshchatAccount account, ConversationIds conversation, bool withSpace = false, CancellationToken cancellation = default) =>
        ByEitherId(conversation, path => Write(
            account, HttpMethod.Put, path,
            new ReleaseAgentBody(withSpace ? " " : ""), FreshchatJson.Wire.ReleaseAgentBody, FreshchatJson.Wire.FreshchatConversation, cancellation));

    /// <summary>All messages, all pages, oldest first: by time, then id (freshchat.md 4, 11).</summary>
    public async Task<FarResult<IReadOnlyList<FreshchatMessage>>> ListMessages(
        FreshchatAccount account, ConversationIds conversation, CancellationToken cancellation = default)
    {
        // No pagination here: the end is a page that is empty or brings nothing new.
        var listed = await ByEitherId(conversation, path =>
            List(account, $"{path}/messages", page => page.Messages, message => message.Id, _ => true, cancellation));
        return listed.Succeeded
            ? listed.With<IReadOnlyList<FreshchatMessage>>(
                [.. listed.Value.OrderBy(message => message.CreatedTime).ThenBy(message => message.Id, StringComparer.Ordinal)])
            : listed;
    }

    /// <summary>
    /// Says a text as the agent (freshchat.md 11). After <see cref="FailureKind.Ambiguous"/> look with <see cref="ListMessages"/>
    /// before saying it again.
    /// </summary>
    /// <param name="account">The account.</param>
    /// <param name="conversation">Where.</param>
    /// <param name="text">What is said.</param>
    /// <param name="agentId">As whom.</param>
    /// <param name="maySend">
    /// Asked when the connection stands, immediately before the first byte; false = nothing is sent, and the code is <see cref="GuardedContent.Withdrawn"/>.
    /// </param>
    /// <param name="cancellation">Ends the request.</param>
    public Task<FarResult<FreshchatMessage>> PostReply(
        FreshchatAccount account, ConversationIds conversation, string text, string agentId,
        Func<CancellationToken, Task<bool>>? maySend = null, CancellationToken cancellation = default) =>
        ByEitherId(conversation, path => Write(
            account, HttpMethod.Post, $"{path}/messages",
            new ReplyBody([new FreshchatPart { Text = new FreshchatText { Content = text } }], "normal", "agent", agentId),
            FreshchatJson.Wire.ReplyBody, FreshchatJson.Wire.FreshchatMessage, cancellation, maySend));
}
