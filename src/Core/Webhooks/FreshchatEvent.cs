using System.Diagnostics.CodeAnalysis;

namespace Core.Webhooks;

/// <summary>
/// A webhook in effective values, whichever generation of payload brought it (freshchat.md 7). Reading never fails on a missing or
/// odd field: what is not understood is absent.
/// </summary>
public sealed record FreshchatEvent
{
    /// <summary>The action as written.</summary>
    public required string Action { get; init; }

    /// <summary>The action as understood.</summary>
    public required EventKind Kind { get; init; }

    /// <summary>Freshchat's clock: the message's creation, else the action's time; null when neither can be read.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>App ID of the account.</summary>
    public string? AppId { get; init; }

    /// <summary>Conversation id in whatever form.</summary>
    public string? ConversationId { get; init; }

    /// <summary>Numeric conversation id, when it is told.</summary>
    public string? NumericConversationId { get; init; }

    /// <summary>Topic.</summary>
    public string? ChannelId { get; init; }

    /// <summary>Episode of the conversation.</summary>
    public string? InteractionId { get; init; }

    /// <summary>The customer; null where no section names one.</summary>
    public string? UserId { get; init; }

    /// <summary>Type of the effective author.</summary>
    public string? ActorType { get; init; }

    /// <summary>Id of the effective author.</summary>
    public string? ActorId { get; init; }

    /// <summary>The message, of a <c>message_create</c>.</summary>
    public MessageContent? Message { get; init; }

    /// <summary>The assignment, of a <c>conversation_assignment</c>.</summary>
    public AssignmentContent? Assignment { get; init; }

    /// <summary>Reads a body. False when it is not a JSON object; without a known action it is <see cref="EventKind.Unknown"/>.</summary>
    public static bool TryRead(ReadOnlySpan<byte> body, [NotNullWhen(true)] out FreshchatEvent? read)
    {
        read = PayloadReader.TryRead(body, out var payload) ? EventReader.Read(payload) : null;
        return read is not null;
    }
}

/// <summary>What a message says.</summary>
/// <param name="Id">Message id.</param>
/// <param name="Type"><c>normal</c> unless it says otherwise.</param>
/// <param name="PrivateNote">True for a note among agents, by type or by flag.</param>
/// <param name="Text">All text parts, joined by a line feed; null = no text.</param>
public sealed record MessageContent(string? Id, string Type, bool PrivateNote, string? Text);

/// <summary>Who assigned the conversation to whom; empty ids are null.</summary>
public sealed record AssignmentContent(string? Assignor, string? AssignorId, string? ToAgentId, string? ToGroupId, string? FromAgentId);
