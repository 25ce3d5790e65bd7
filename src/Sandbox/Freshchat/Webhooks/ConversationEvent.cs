using Sandbox.Freshchat.Account;
using Sandbox.Freshchat.Conversations;

namespace Sandbox.Freshchat.Webhooks;

/// <summary>Something that happened in a conversation and that the account's webhook tells (freshchat.md 6).</summary>
/// <param name="By">Who did it.</param>
/// <param name="At">The envelope's <c>action_time</c>.</param>
internal abstract record ConversationEvent(Conversation Conversation, Actor By, DateTimeOffset At);

/// <summary><c>message_create</c>.</summary>
internal sealed record MessageCreated(Conversation Conversation, Message Message, Actor By, DateTimeOffset At)
    : ConversationEvent(Conversation, By, At);

/// <summary><c>conversation_assignment</c>, with the sides before and after.</summary>
internal sealed record Assignment(Conversation Conversation, string? FromAgent, string? FromGroup, Actor By, DateTimeOffset At)
    : ConversationEvent(Conversation, By, At);

/// <summary><c>conversation_resolution</c>.</summary>
internal sealed record Resolution(Conversation Conversation, Actor By, DateTimeOffset At)
    : ConversationEvent(Conversation, By, At);

/// <summary><c>conversation_reopen</c>.</summary>
internal sealed record Reopening(Conversation Conversation, Actor By, DateTimeOffset At)
    : ConversationEvent(Conversation, By, At);

/// <summary>Who acts: <c>user</c>, <c>agent</c>, <c>bot</c> or <c>system</c>.</summary>
/// <param name="Id">Empty for the system.</param>
/// <param name="OrganisationId">The same one's number in the organisation; null for bots and the system.</param>
internal sealed record Actor(string Type, string Id, string? OrganisationId = null)
{
    public static Actor System { get; } = new("system", "");

    public static Actor Of(User user) => new("user", user.Id, user.OrganisationId);

    public static Actor Of(Agent agent) => new("agent", agent.Id, agent.OrganisationId);

    /// <summary>An agent that is written under the name of a bot ("Send as: Bot").</summary>
    public static Actor Bot(string id) => new("bot", id);
}
