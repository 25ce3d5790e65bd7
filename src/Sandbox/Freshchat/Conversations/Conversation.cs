using System.Security.Cryptography;
using Sandbox.Freshchat.Account;

namespace Sandbox.Freshchat.Conversations;

/// <summary>One customer talking about one topic; it is resolved and reopened, and each opening is an episode of its own (freshchat.md 5.6).</summary>
internal sealed class Conversation
{
    public const string New = "new";
    public const string Assigned = "assigned";
    public const string Resolved = "resolved";
    public const string Reopened = "reopened";

    /// <summary>GUID.</summary>
    public required string Id { get; init; }

    /// <summary>The same conversation's number; some accounts want this one in their addresses.</summary>
    public required long NumericId { get; init; }

    public required string UserId { get; init; }
    public User User { get; private set; } = null!;
    public required string TopicId { get; init; }
    public Topic Topic { get; private set; } = null!;

    /// <summary>One of the words above, or whatever an API client wrote: the set is open.</summary>
    public string Status { get; private set; } = New;

    /// <summary>Assigned agent; null when none.</summary>
    public string? AgentId { get; private set; }

    /// <summary>The assigned agent's number in the organisation.</summary>
    public string? AgentOrganisationId { get; private set; }

    /// <summary>Assigned group; null when none.</summary>
    public string? GroupId { get; private set; }

    public required DateTimeOffset OpenedTime { get; set; }
    public required DateTimeOffset CreatedTime { get; init; }
    public required DateTimeOffset UpdatedTime { get; set; }

    /// <summary>Names the episode: the conversation's number and the milliseconds of its opening (freshchat.md 6).</summary>
    public string InteractionId => $"{NumericId}-{OpenedTime.ToUnixTimeMilliseconds()}";

    public bool IsResolved => Status == Resolved;

    /// <summary>A first conversation of this customer about this topic.</summary>
    public static Conversation Begin(User user, Topic topic, DateTimeOffset now) =>
        new()
        {
            Id = Guid.NewGuid().ToString(),
            NumericId =
                RandomNumberGenerator.GetInt32(100_000, 999_999) * 1_000_000_000L + RandomNumberGenerator.GetInt32(1_000_000_000),
            UserId = user.Id,
            User = user,
            TopicId = topic.Id,
            Topic = topic,
            OpenedTime = now,
            CreatedTime = now,
            UpdatedTime = now,
        };

    /// <summary>The instant of what happens next: now, but never the instant of something that happened before.</summary>
    public DateTimeOffset Tick(DateTimeOffset now) => UpdatedTime = now > UpdatedTime ? now : UpdatedTime.AddMilliseconds(1);

    /// <summary>Ends the episode. The assignment stays.</summary>
    public void Resolve() => Status = Resolved;

    /// <summary>Begins a new episode, with the assignment of the last one or without any (freshchat.md 12.4).</summary>
    public void Reopen(DateTimeOffset at, bool keepAssignment)
    {
        Status = Reopened;
        OpenedTime = at;
        if (keepAssignment)
            return;
        GroupId = null;
        (AgentId, AgentOrganisationId) = (null, null);
    }

    /// <summary>Gives it to a group, or to none. An agent who is no member of the group is released.</summary>
    public void AssignTo(Group? group)
    {
        GroupId = group?.Id;
        if (group is not null && AgentId is not null && !group.Agents.Contains(AgentId))
            AssignTo((Agent?)null);
    }

    /// <summary>Gives it to an agent, or to none. The group stays.</summary>
    public void AssignTo(Agent? agent)
    {
        (AgentId, AgentOrganisationId) = (agent?.Id, agent?.OrganisationId);
        if (!IsResolved)
            Status = agent is null ? New : Assigned;
    }
}
