using Core.Outcomes;
using Core.Security;

namespace Core.Conversations;

/// <summary>Reads conversations.</summary>
public sealed class FindConversations
{
    /// <summary>The list, the latest event first.</summary>
    public Task<Result<Page<ConversationSummary>>> ListAsync(
        Actor actor,
        ConversationFilter filter,
        int limit,
        string? after,
        CancellationToken cancel
    ) => throw new NotImplementedException();

    /// <summary>One conversation, by our id.</summary>
    public Task<Result<ConversationView>> GetAsync(Actor actor, string id, CancellationToken cancel) => throw new NotImplementedException();
}

/// <summary>Which conversations.</summary>
/// <param name="Bot">Only of this bot.</param>
/// <param name="FreshchatId">Only the one with this Freshchat id.</param>
/// <param name="Owner">Only those owned by.</param>
public sealed record ConversationFilter(Guid? Bot = null, string? FreshchatId = null, Owner? Owner = null);
