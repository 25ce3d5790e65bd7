using Microsoft.EntityFrameworkCore;
using Sandbox.Control;
using Sandbox.Freshchat.Account;
using Sandbox.Freshchat.Webhooks;

namespace Sandbox.Freshchat.Conversations;

/// <summary>One act in progress: what it changes and the events it causes, in order. Nothing is saved here.</summary>
internal sealed class Act(SandboxDb db, FreshchatAccount account, WebhookQueue webhooks, SwitchBoard switches, DateTimeOffset now)
{
    public SandboxDb Db => db;
    public FreshchatAccount Account => account;

    /// <summary>Messages said in this act, in order.</summary>
    public List<Message> Said { get; } = [];

    /// <summary>Webhooks to send once it is committed, in order.</summary>
    public List<WebhookDelivery> ToSend { get; } = [];

    /// <summary>A new conversation; the system opens it with the lone dot that Freshchat writes (freshchat.md 10).</summary>
    public Conversation Begin(User user, Topic topic)
    {
        var conversation = Conversation.Begin(user, topic, now);
        db.Add(conversation);
        Say(conversation, Actor.System, Message.System, WireJson.TextParts("."));
        return conversation;
    }

    /// <summary>The account itself gives a new or reopened chat to somebody, if it is set up so (freshchat.md 12.3).</summary>
    public async Task AssignAutomaticallyAsync(Conversation conversation, CancellationToken cancel)
    {
        var to = switches.Get(AssignmentSwitches.Automatic);
        if (to == AutomaticAssignment.Nobody)
            return;
        var agent =
            to == AutomaticAssignment.Bot
                ? account.BotAgentId
                : await db.Set<Agent>()
                    .Where(a => !a.IsDeleted && !a.IsDeactivated && a.Id != account.BotAgentId && a.RoutingType == "INTELLIASSIGN")
                    .OrderBy(a => a.Position)
                    .Select(a => a.Id)
                    .FirstAsync(cancel);
        await AssignAsync(conversation, agent, null, Actor.System, announce: true, cancel);
    }

    public Message Say(Conversation conversation, Actor author, string type, string parts)
    {
        var at = conversation.Tick(now);
        var message = new Message
        {
            Id = Guid.NewGuid().ToString(),
            ConversationId = conversation.Id,
            ActorType = author.Type,
            ActorId = author.Id,
            OrganisationActorId = author.OrganisationId,
            Type = type,
            Parts = parts,
            InteractionId = conversation.InteractionId,
            CreatedTime = at,
        };
        db.Add(message);
        Said.Add(message);
        Announce(new MessageCreated(conversation, message, author, at));
        return message;
    }

    public void Reopen(Conversation conversation, Actor by)
    {
        var at = conversation.Tick(now);
        conversation.Reopen(at, switches.Get(AssignmentSwitches.OnReopen) == AssignmentOnReopen.Kept);
        Announce(new Reopening(conversation, by, at));
    }

    public void Resolve(Conversation conversation, Actor by)
    {
        var at = conversation.Tick(now);
        conversation.Resolve();
        Announce(new Resolution(conversation, by, at));
    }

    /// <summary>Null leaves a side as it is; blank clears it, with a space or without (freshchat.md 5.6).</summary>
    public async Task<Outcome<Conversation>> AssignAsync(
        Conversation conversation,
        string? toAgent,
        string? toGroup,
        Actor by,
        bool announce,
        CancellationToken cancel
    )
    {
        var agent = string.IsNullOrWhiteSpace(toAgent) ? null : await db.FindAsync<Agent>([toAgent], cancel);
        if (agent is null ? !string.IsNullOrWhiteSpace(toAgent) : agent.IsDeleted || agent.IsDeactivated)
            return Refusal.NoSuchAgent;
        var group = string.IsNullOrWhiteSpace(toGroup) ? null : await db.FindAsync<Group>([toGroup], cancel);
        if (group is null && !string.IsNullOrWhiteSpace(toGroup))
            return Refusal.NoSuchGroup;
        var (fromAgent, fromGroup) = (conversation.AgentId, conversation.GroupId);
        if (toGroup is not null)
            conversation.AssignTo(group);
        if (toAgent is not null)
            conversation.AssignTo(agent);
        if (Clings(fromAgent, conversation, toAgent) && by.Id == account.BotAgentId)
            conversation.AssignTo(await db.FindAsync<Agent>([fromAgent], cancel));
        if ((fromAgent, fromGroup) == (conversation.AgentId, conversation.GroupId))
            return conversation;
        var at = conversation.Tick(now);
        if (announce)
            Announce(new Assignment(conversation, fromAgent, fromGroup, by, at));
        return conversation;
    }

    /// <summary>The author of a message that an API client posts (freshchat.md 5.7): agents and users are named, bots and the system are not.</summary>
    public async Task<Outcome<Actor>> AuthorAsync(PostedMessage posted, Conversation conversation, CancellationToken cancel)
    {
        switch (posted.ActorType)
        {
            case "agent":
                if (
                    await db.FindAsync<Agent>([posted.ActorId ?? ""], cancel)
                    is not { IsDeleted: false, IsDeactivated: false } agent
                )
                    return Refusal.NoSuchAgent;
                return switches.Get(FreshchatSwitches.SendAsBot) ? Actor.Bot(agent.Id) : Actor.Of(agent);
            case "user":
                if (posted.ActorId is null || IdForms.Canonical(posted.ActorId) != conversation.UserId)
                    return Refusal.NoSuchUser;
                return Actor.Of(conversation.User);
            case "bot":
                return Actor.Bot(account.BotAgentId);
            case "system":
                return Actor.System;
            default:
                return Refusal.Invalid("actor_type must be one of agent, user, bot, system");
        }
    }

    // Only a release is refused; a person may always take over.
    private bool Clings(string? fromAgent, Conversation conversation, string? toAgent) =>
        fromAgent == account.BotAgentId
        && conversation.AgentId is null
        && switches.Get(AssignmentSwitches.Clinging) switch
        {
            ClingingAgent.ReleasedWithGroup => false,
            ClingingAgent.ReleasedByEmpty => toAgent is null,
            ClingingAgent.ReleasedBySpace => toAgent != " ",
            _ => true,
        };

    private void Announce(ConversationEvent happened)
    {
        if (webhooks.Add(db, account, happened) is { } webhook)
            ToSend.Add(webhook);
    }
}
