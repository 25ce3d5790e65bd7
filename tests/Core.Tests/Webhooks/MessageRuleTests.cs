using Core.Bots;
using Core.Conversations;
using Core.Webhooks;

namespace Core.Tests.Webhooks;

/// <summary>The table of freshchat.md 10: the first matching row wins.</summary>
public sealed class MessageRuleTests
{
    private const string Agent = "bot-agent";

    // row, status, own message, private, type, actor type, actor, owner -> author, disposition, reason
    [Theory]
    [InlineData("0 draft", BotStatus.Draft, false, false, "normal", "user", "u", Owner.Bot, Author.Customer, Disposition.Ignore, "bot_draft")]
    [InlineData("0 draft before 6", BotStatus.Draft, false, false, "normal", "user", "u", Owner.People, Author.Customer, Disposition.Ignore, "bot_draft")]
    [InlineData("0 paused", BotStatus.Paused, false, false, "normal", "user", "u", Owner.Bot, Author.Customer, Disposition.Ignore, "bot_paused")]
    [InlineData("0 paused before 2b", BotStatus.Paused, false, false, "system", "user", "u", Owner.Bot, Author.Customer, Disposition.Ignore, "bot_paused")]
    [InlineData("1", BotStatus.Live, true, false, "normal", "agent", "x", Owner.Bot, Author.Bot, Disposition.Ignore, "own_echo")]
    [InlineData("1 as bot", BotStatus.Live, true, false, "normal", "bot", null, Owner.Bot, Author.Bot, Disposition.Ignore, "own_echo")]
    [InlineData("1 before 2", BotStatus.Live, true, true, "private", "agent", "x", Owner.Bot, Author.Bot, Disposition.Ignore, "own_echo")]
    [InlineData("1 while draft", BotStatus.Draft, true, false, "normal", "agent", "x", Owner.Bot, Author.Bot, Disposition.Ignore, "own_echo")]
    [InlineData("2", BotStatus.Live, false, true, "private", "agent", "x", Owner.Bot, Author.Note, Disposition.Ignore, "private_note")]
    [InlineData("2 by flag", BotStatus.Live, false, true, "normal", "agent", "x", Owner.Bot, Author.Note, Disposition.Ignore, "private_note")]
    [InlineData("2 before 3", BotStatus.Live, false, true, "private", "agent", Agent, Owner.Bot, Author.Note, Disposition.Ignore, "private_note")]
    [InlineData("2 while paused", BotStatus.Paused, false, true, "private", "agent", "x", Owner.Bot, Author.Note, Disposition.Ignore, "private_note")]
    [InlineData("2b", BotStatus.Live, false, false, "system", "agent", "x", Owner.Bot, Author.System, Disposition.Ignore, "not_a_user")]
    [InlineData("2b of a user", BotStatus.Live, false, false, "campaign", "user", "u", Owner.Bot, Author.System, Disposition.Ignore, "not_a_user")]
    [InlineData("3", BotStatus.Live, false, false, "normal", "agent", Agent, Owner.Bot, Author.Bot, Disposition.Ignore, "own_echo")]
    [InlineData("3 before 5", BotStatus.Live, false, false, "normal", "bot", Agent, Owner.Bot, Author.Bot, Disposition.Ignore, "own_echo")]
    [InlineData("3 while paused", BotStatus.Paused, false, false, "normal", "agent", Agent, Owner.Bot, Author.Bot, Disposition.Ignore, "own_echo")]
    [InlineData("4", BotStatus.Live, false, false, "normal", "agent", "x", Owner.Bot, Author.Person, Disposition.Handle, "human_took_over")]
    [InlineData("4 again", BotStatus.Live, false, false, "normal", "agent", "x", Owner.People, Author.Person, Disposition.Handle, "human_took_over")]
    [InlineData("4 while draft", BotStatus.Draft, false, false, "normal", "agent", "x", Owner.Bot, Author.Person, Disposition.Handle, "human_took_over")]
    [InlineData("4 while paused", BotStatus.Paused, false, false, "normal", "agent", "x", Owner.Bot, Author.Person, Disposition.Handle, "human_took_over")]
    [InlineData("5 system", BotStatus.Live, false, false, "normal", "system", null, Owner.Bot, Author.System, Disposition.Ignore, "not_a_user")]
    [InlineData("5 bot", BotStatus.Live, false, false, "normal", "bot", "x", Owner.Bot, Author.System, Disposition.Ignore, "not_a_user")]
    [InlineData("5 new", BotStatus.Live, false, false, "normal", "copilot", "x", Owner.Bot, Author.System, Disposition.Ignore, "not_a_user")]
    [InlineData("5 none", BotStatus.Live, false, false, "normal", null, null, Owner.Bot, Author.System, Disposition.Ignore, "not_a_user")]
    [InlineData("6", BotStatus.Live, false, false, "normal", "user", "u", Owner.People, Author.Customer, Disposition.Ignore, "people_own")]
    [InlineData("7", BotStatus.Live, false, false, "normal", "user", "u", Owner.Bot, Author.Customer, Disposition.Wait, null)]
    public void The_first_row_wins(
        string row,
        BotStatus status,
        bool own,
        bool note,
        string type,
        string? actorType,
        string? actor,
        Owner owner,
        Author author,
        Disposition disposition,
        string? reason
    )
    {
        var received = new FreshchatEvent
        {
            Action = "message_create",
            Kind = EventKind.MessageCreated,
            ActorType = actorType,
            ActorId = actor,
            Message = new("m", type, note, "text"),
        };

        var verdict = MessageRule.Judge(new Bot { Status = status, AgentId = Agent }, received, own, owner);

        Assert.True(new MessageVerdict(author, disposition, reason) == verdict, $"row {row}: {verdict}");
    }

    [Theory]
    [InlineData("normal", "user", Owner.Bot, Disposition.Wait, null)]
    [InlineData("normal", "user", Owner.People, Disposition.Ignore, "people_own")]
    [InlineData("private", "user", Owner.Bot, Disposition.Ignore, "not_a_user")]
    [InlineData("normal", "system", Owner.Bot, Disposition.Ignore, "not_a_user")]
    public void A_draft_that_rehearses_follows_the_rows_of_a_live_bot(string type, string actorType, Owner owner, Disposition disposition, string? reason)
    {
        var received = new FreshchatEvent
        {
            Action = "message_create",
            Kind = EventKind.MessageCreated,
            ActorType = actorType,
            ActorId = "u",
            Message = new("m", type, false, "text"),
        };

        var verdict = MessageRule.Judge(new Bot { Status = BotStatus.Draft, AgentId = Agent }, received, false, owner, rehearses: true);

        Assert.Equal((disposition, reason), (verdict.Disposition, verdict.Reason));
    }

    [Fact]
    public void A_bot_without_an_agent_takes_no_nameless_author_for_itself()
    {
        var received = new FreshchatEvent { Action = "message_create", Kind = EventKind.MessageCreated, ActorType = "agent", Message = new("m", "normal", false, "x") };

        Assert.Equal(Author.Person, MessageRule.Judge(new Bot { Status = BotStatus.Live }, received, false, Owner.Bot).Author);
    }
}

/// <summary>What an assignment says about the owner: rows of freshchat.md 12.4.</summary>
public sealed class AssignmentRuleTests
{
    private const string Bot = "bot-agent";

    [Theory]
    [InlineData("to another agent by an agent", "agent", "a1", "a2", null, null, SystemAssignment.Ignore, OwnershipCause.TakeOver)]
    [InlineData("to another agent by the bot's agent", "agent", Bot, "a2", null, Bot, SystemAssignment.Ignore, OwnershipCause.TakeOver)]
    [InlineData("to another agent by the system", "system", null, "a2", null, null, SystemAssignment.Ignore, null)]
    [InlineData("to another agent by the system, as set", "system", null, "a2", null, null, SystemAssignment.TakeOver, OwnershipCause.TakeOver)]
    [InlineData("to another agent by somebody new", "workflow", null, "a2", null, null, SystemAssignment.TakeOver, null)]
    [InlineData("to another agent by nobody", null, null, "a2", null, null, SystemAssignment.Ignore, null)]
    [InlineData("to the bot by an agent", "agent", "a1", Bot, null, "a1", SystemAssignment.Ignore, OwnershipCause.AssignedToBot)]
    [InlineData("to the bot by the system", "system", null, Bot, null, null, SystemAssignment.TakeOver, null)]
    [InlineData("to the bot by itself", "agent", Bot, Bot, null, null, SystemAssignment.Ignore, null)]
    [InlineData("to the bot from itself", "agent", "a1", Bot, null, Bot, SystemAssignment.Ignore, null)]
    [InlineData("to a group", "agent", "a1", null, "g1", null, SystemAssignment.TakeOver, null)]
    [InlineData("to nobody", "agent", "a1", null, null, "a1", SystemAssignment.TakeOver, null)]
    public void An_assignment_concludes_what_its_row_says(
        string row,
        string? assignor,
        string? assignorId,
        string? toAgent,
        string? toGroup,
        string? fromAgent,
        SystemAssignment policy,
        OwnershipCause? cause
    )
    {
        var bot = new Bot { AgentId = Bot, Policies = new() { SystemAssignment = policy } };

        var concluded = AssignmentRule.Judge(bot, new(assignor, assignorId, toAgent, toGroup, fromAgent));

        Assert.True(cause == concluded, $"{row}: {concluded}");
    }
}
