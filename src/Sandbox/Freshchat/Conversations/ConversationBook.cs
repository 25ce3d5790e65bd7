using Microsoft.EntityFrameworkCore;
using Sandbox.Control;
using Sandbox.Freshchat.Account;
using Sandbox.Freshchat.Control;
using Sandbox.Freshchat.Webhooks;
using Sandbox.Ledger;

namespace Sandbox.Freshchat.Conversations;

/// <summary>
/// Everything that happens in conversations, whoever does it: customers, agents at their desk, the API. Each act is one transaction
/// that also holds the webhooks it causes, in the order in which things happened (freshchat.md 14.2).
/// </summary>
internal sealed class ConversationBook(
    SandboxState state,
    WebhookQueue webhooks,
    KnownAccount account,
    SwitchBoard switches,
    LedgerBook ledger,
    TimeProvider clock
)
{
    /// <summary>
    /// A customer writes. A resolved conversation is reopened first; without one, or with <paramref name="startNew"/>, a new one begins.
    /// </summary>
    public Task<Outcome<Message>> WriteAsUserAsync(
        string userId,
        string topicId,
        string parts,
        bool startNew,
        CancellationToken cancel
    ) =>
        ActAsync<Message>(
            async act =>
            {
                if (await act.Db.FindAsync<User>([userId], cancel) is not { } user)
                    return Refusal.NoSuchUser;
                if (await act.Db.FindAsync<Topic>([topicId], cancel) is not { } topic)
                    return Refusal.NoSuchTopic;
                var conversation = startNew ? null : await act.Db.Latest(userId, topicId, cancel);
                var opens = conversation is null or { IsResolved: true };
                if (conversation is null)
                    conversation = act.Begin(user, topic);
                else if (opens)
                    act.Reopen(conversation, Actor.Of(user));
                user.UpdatedTime = clock.Now();
                var message = act.Say(conversation, Actor.Of(user), Message.Normal, parts);
                if (opens)
                    await act.AssignAutomaticallyAsync(conversation, cancel);
                return message;
            },
            cancel
        );

    /// <summary>An API client posts; only the latest conversation of a customer, and only while it is open, takes messages.</summary>
    public Task<Outcome<Message>> PostAsync(string conversationRef, PostedMessage posted, CancellationToken cancel) =>
        ActAsync<Message>(
            async act =>
            {
                if (await act.Db.FindConversation(conversationRef, cancel) is not { } conversation)
                    return Refusal.NoSuchConversation;
                if (
                    conversation.IsResolved
                    || (await act.Db.Latest(conversation.UserId, conversation.TopicId, cancel))!.Id != conversation.Id
                )
                    return Refusal.NotLatest;
                var author = await act.AuthorAsync(posted, conversation, cancel);
                if (author.Refused(out var refusal, out var actor))
                    return refusal;
                return act.Say(conversation, actor, posted.Type, posted.Parts);
            },
            cancel,
            posted.ArrivedAt
        );

    /// <summary>An agent writes at the desk, to the customer or as a private note; an answer reopens a resolved conversation.</summary>
    public Task<Outcome<Message>> WriteAsAgentAsync(
        string conversationRef,
        string agentId,
        string parts,
        bool note,
        CancellationToken cancel
    ) =>
        AtDeskAsync<Message>(
            conversationRef,
            agentId,
            (act, conversation, agent) =>
            {
                if (conversation.IsResolved && !note)
                    act.Reopen(conversation, agent);
                return Task.FromResult<Outcome<Message>>(
                    act.Say(conversation, agent, note ? Message.Private : Message.Normal, parts)
                );
            },
            cancel
        );

    /// <summary>An agent assigns at the desk. Null leaves a side as it is, an empty text clears it.</summary>
    public Task<Outcome<Conversation>> AssignAsync(
        string conversationRef,
        string byAgentId,
        string? toAgent,
        string? toGroup,
        CancellationToken cancel
    ) =>
        AtDeskAsync<Conversation>(
            conversationRef,
            byAgentId,
            (act, conversation, by) => act.AssignAsync(conversation, toAgent, toGroup, by, announce: true, cancel),
            cancel
        );

    /// <summary>An agent ends the episode; a resolved conversation stays as it is.</summary>
    public Task<Outcome<Conversation>> ResolveAsync(string conversationRef, string agentId, CancellationToken cancel) =>
        AtDeskAsync<Conversation>(
            conversationRef,
            agentId,
            (act, conversation, agent) =>
            {
                if (!conversation.IsResolved)
                    act.Resolve(conversation, agent);
                return Task.FromResult<Outcome<Conversation>>(conversation);
            },
            cancel
        );

    /// <summary>An API client changes assignment or status with PUT (freshchat.md 5.6, 12); what it does counts as the bot's agent's doing.</summary>
    public async Task<Outcome<Conversation>> ChangeAsync(
        string conversationRef,
        ConversationChange change,
        CancellationToken cancel
    )
    {
        var outcome = await PutAsync(conversationRef, change, cancel);
        if (
            !outcome.Refused(out _, out _)
            && !string.IsNullOrWhiteSpace(change.GroupId)
            && await switches.TakeAsync(AssignmentSwitches.Rule, cancel)
        )
            await OverrideAsync(conversationRef, change.GroupId, cancel);
        return outcome;
    }

    // An assignment rule of the account: it runs afterwards, so the PUT's own answer does not show it (freshchat.md 12.3).
    private Task<Outcome<Conversation>> OverrideAsync(string conversationRef, string group, CancellationToken cancel) =>
        ActAsync<Conversation>(
            async act =>
            {
                var conversation = (await act.Db.FindConversation(conversationRef, cancel))!;
                var other = await act.Db.Set<Group>().Where(g => g.Id != group).OrderBy(g => g.Position).FirstAsync(cancel);
                return await act.AssignAsync(conversation, null, other.Id, Actor.System, announce: true, cancel);
            },
            cancel
        );

    private Task<Outcome<Conversation>> PutAsync(string conversationRef, ConversationChange change, CancellationToken cancel) =>
        ActAsync<Conversation>(
            async act =>
            {
                if (await act.Db.FindConversation(conversationRef, cancel) is not { } conversation)
                    return Refusal.NoSuchConversation;
                var by = Actor.Of((await act.Db.FindAsync<Agent>([act.Account.BotAgentId], cancel))!);
                var announce = switches.Get(AssignmentSwitches.EventsFromPut);
                var assigned = await act.AssignAsync(conversation, change.AgentId, change.GroupId, by, announce, cancel);
                if (assigned.Refused(out var refusal, out _))
                    return refusal;
                if (change.Status == Conversation.Resolved && !conversation.IsResolved)
                    act.Resolve(conversation, by);
                else if (change.Status is Conversation.Reopened or Conversation.New && conversation.IsResolved)
                    act.Reopen(conversation, by);
                return conversation;
            },
            cancel,
            change.ArrivedAt,
            (conversation, storedAt) =>
                new AssignmentPut(
                    conversation.Id,
                    change.AgentId,
                    change.GroupId,
                    conversation.AgentId,
                    conversation.GroupId,
                    change.ArrivedAt,
                    storedAt
                )
        );

    private Task<Outcome<T>> AtDeskAsync<T>(
        string conversationRef,
        string agentId,
        Func<Act, Conversation, Actor, Task<Outcome<T>>> what,
        CancellationToken cancel
    )
        where T : class =>
        ActAsync<T>(
            async act =>
            {
                if (await act.Db.FindConversation(conversationRef, cancel) is not { } conversation)
                    return Refusal.NoSuchConversation;
                if (await act.Db.FindAsync<Agent>([agentId], cancel) is not { IsDeleted: false, IsDeactivated: false } agent)
                    return Refusal.NoSuchAgent;
                return await what(act, conversation, Actor.Of(agent));
            },
            cancel
        );

    // Everything is noted between the commit and the next act, so that the ledger has the order of the acts.
    private async Task<Outcome<T>> ActAsync<T>(
        Func<Act, Task<Outcome<T>>> what,
        CancellationToken cancel,
        double? arrivedAt = null,
        Func<T, double, LedgerEntry>? entry = null
    )
        where T : class
    {
        var arrived = arrivedAt ?? ledger.Now;
        Act act = null!;
        var outcome = await state.WriteAsync(
            async db =>
            {
                act = new(db, await account.ReadAsync(cancel), webhooks, switches, clock.Now());
                return await what(act);
            },
            done =>
            {
                act.ToSend.ForEach(webhooks.Send);
                if (done.Refused(out _, out var value) || !ledger.IsKept)
                    return;
                foreach (var message in act.Said)
                    ledger.Add(Entry(message, byApi: arrivedAt is not null, arrived));
                if (entry is not null)
                    ledger.Add(entry(value, ledger.Now));
            },
            cancel
        );
        return outcome;
    }

    private MessageStored Entry(Message message, bool byApi, double arrivedAt) =>
        new(
            message.Id,
            message.ConversationId,
            message.ActorType,
            message.ActorId,
            message.Type,
            ChatText.Of(message.Parts),
            byApi,
            arrivedAt,
            ledger.Now
        );
}
