namespace Sandbox.Freshchat.Conversations;

/// <summary>A message as an API client sends it.</summary>
/// <param name="ActorId">Required for agents and users.</param>
/// <param name="Parts">The parts as JSON.</param>
/// <param name="ArrivedAt">When the request arrived, on the ledger's clock.</param>
internal sealed record PostedMessage(string ActorType, string? ActorId, string Type, string Parts, double ArrivedAt);

/// <summary>What a PUT changes; null leaves it as it is, blank clears an assignment.</summary>
/// <param name="ArrivedAt">When the request arrived, on the ledger's clock.</param>
internal sealed record ConversationChange(string? AgentId, string? GroupId, string? Status, double ArrivedAt);
