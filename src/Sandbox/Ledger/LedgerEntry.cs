using System.Text.Json.Serialization;

namespace Sandbox.Ledger;

/// <summary>
/// Something that happened on a far side, as a proof reads it: one line of JSON with <c>kind</c> and <c>n</c> (its place among all
/// lines, from 1). Times are milliseconds since 1970 with a fraction, taken from one clock that never goes back; they compare among
/// themselves to the microsecond.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(MessageStored), "message")]
[JsonDerivedType(typeof(WebhookAttempted), "webhook")]
[JsonDerivedType(typeof(ThoughtSaid), "thought")]
[JsonDerivedType(typeof(AssignmentPut), "assignment")]
internal abstract record LedgerEntry
{
    /// <summary>Place among all entries, from 1; entries are numbered when their work was committed.</summary>
    public long N { get; set; }
}

/// <summary>A message that is stored in the simulated Freshchat, whoever wrote it. Messages of one conversation are numbered in its order.</summary>
/// <param name="Id">The message's id, as webhooks and the API carry it.</param>
/// <param name="ActorType"><c>user</c>, <c>agent</c>, <c>bot</c> or <c>system</c>.</param>
/// <param name="ActorId">The author; empty for the system.</param>
/// <param name="Type"><c>normal</c>, <c>private</c> or <c>system</c>.</param>
/// <param name="Text">Its text parts, one a line.</param>
/// <param name="ByApi">True for what came in by <c>POST /v2/conversations/{id}/messages</c>.</param>
/// <param name="ArrivedAt">When the request arrived, before any delay or fault.</param>
/// <param name="StoredAt">When it was committed.</param>
internal sealed record MessageStored(
    string Id,
    string ConversationId,
    string ActorType,
    string ActorId,
    string Type,
    string Text,
    bool ByApi,
    double ArrivedAt,
    double StoredAt
) : LedgerEntry;

/// <summary>One attempt to deliver a webhook, duplicates included.</summary>
/// <param name="EventId">The event; every attempt at it carries the same bytes.</param>
/// <param name="Action"><c>message_create</c>, <c>conversation_assignment</c>, <c>conversation_resolution</c> or <c>conversation_reopen</c>.</param>
/// <param name="MessageId">The message of a <c>message_create</c>, else absent.</param>
/// <param name="Attempt">What <c>X-Retry-Count</c> said, from 0.</param>
/// <param name="Status">The receiver's HTTP status; absent when nobody answered.</param>
/// <param name="SentAt">When the sender began.</param>
/// <param name="AnsweredAt">When the answer's headers were there, or the attempt failed.</param>
internal sealed record WebhookAttempted(
    long EventId,
    string Action,
    string ConversationId,
    string? MessageId,
    int Attempt,
    int? Status,
    double SentAt,
    double AnsweredAt
) : LedgerEntry;

/// <summary>A thought in a room of the simulated Mammut.</summary>
/// <param name="CreationDate">The date it was given, with whatever precision its sender used (milliseconds are kept).</param>
/// <param name="ByBot">True for what the room's bot says.</param>
/// <param name="ArrivedAt">When the request arrived; for what a bot says, when it began to say it.</param>
/// <param name="StoredAt">When it was committed.</param>
internal sealed record ThoughtSaid(
    long Id,
    long RoomId,
    long SenderId,
    bool ByBot,
    string Text,
    DateTimeOffset CreationDate,
    double ArrivedAt,
    double StoredAt
) : LedgerEntry;

/// <summary>A <c>PUT /v2/conversations/{id}</c> that was carried out.</summary>
/// <param name="AskedAgentId">As it was sent; absent when the request did not name it.</param>
/// <param name="AskedGroupId">As it was sent; absent when the request did not name it.</param>
/// <param name="AgentId">The agent afterwards; absent when none.</param>
/// <param name="GroupId">The group afterwards; absent when none.</param>
/// <param name="ArrivedAt">When the request arrived, before any delay or fault.</param>
/// <param name="StoredAt">When it was committed.</param>
internal sealed record AssignmentPut(
    string ConversationId,
    string? AskedAgentId,
    string? AskedGroupId,
    string? AgentId,
    string? GroupId,
    double ArrivedAt,
    double StoredAt
) : LedgerEntry;
