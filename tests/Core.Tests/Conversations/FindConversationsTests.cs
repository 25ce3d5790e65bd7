using Core.Bots;
using Core.Bots.Changes;
using Core.Conversations;
using Core.Webhooks;

namespace Core.Tests.Conversations;

/// <summary>The list as it is narrowed, and one conversation as it is read.</summary>
[Trait("Database", "both")]
public sealed class FindConversationsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 5, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Without_an_answer_is_whose_customer_nobody_has_answered_since()
    {
        await using var portal = await TemporaryPortal.OpenAsync();
        var bot = await portal.BotAsync();
        await portal.AddAsync(
            // Its turn has not begun.
            Of(bot, 1),
            Said(1, Author.Customer, 0),
            // The bot answered.
            Of(bot, 2),
            Said(2, Author.Customer, 0, turn: 20),
            Turn(bot, 20, 2, new Reply { ConversationId = 2, Text = "Sí.", State = ReplyState.Sent }),
            // It only wanted to.
            Of(bot, 3),
            Said(3, Author.Customer, 0, turn: 30),
            Turn(bot, 30, 3, new Reply { ConversationId = 3, Text = "Sí.", State = ReplyState.Stopped }),
            // Handed over.
            Of(bot, 4),
            Said(4, Author.Customer, 0, turn: 40),
            Turn(bot, 40, 4),
            new HandOver { TurnId = 40, ConversationId = 4, BotId = bot.Id, Reason = Reasons.DoesNotKnow, IntentAt = Noon },
            // Not even that worked.
            Of(bot, 5, blockedBy: 50),
            Said(5, Author.Customer, 0, turn: 50),
            Turn(bot, 50, 5),
            new HandOver { TurnId = 50, ConversationId = 5, BotId = bot.Id, Reason = Reasons.DoesNotKnow, IntentAt = Noon },
            // A person answered, and left a note.
            Of(bot, 6),
            Said(6, Author.Customer, 0),
            Said(6, Author.Person, 1),
            Said(6, Author.Note, 2),
            // The customer asked again since.
            Of(bot, 7),
            Said(7, Author.Customer, 0),
            Said(7, Author.Person, 1),
            Said(7, Author.Customer, 2),
            // The echo of an answer to the question before.
            Of(bot, 8),
            Said(8, Author.Customer, 0),
            Said(8, Author.Bot, 1),
            // Resolved: nobody waits any more.
            Of(bot, 9),
            Said(9, Author.Customer, 0),
            new OwnershipEvent { ConversationId = 9, Cause = OwnershipCause.Resolved, At = Noon.AddMinutes(1) },
            // The platform answered by itself.
            Of(bot, 10),
            Said(10, Author.Customer, 0, turn: 100),
            Turn(bot, 100, 10, relayed: true),
            Said(10, Author.Bot, 1),
            // Nobody wrote.
            Of(bot, 11)
        );

        Assert.Equal("1 3 5 7 8", await FindAsync(portal, new(Unanswered: true)));
        Assert.Equal("1 3 5 7 8", await FindAsync(portal, new(bot.Id, Owner: Owner.Bot, Unanswered: true), limit: 2));
        Assert.Equal("", await FindAsync(portal, new(Guid.NewGuid(), Unanswered: true)));
        Assert.Equal("3", await FindAsync(portal, new(Unanswered: true, Search: "3")));
    }

    [Fact]
    public async Task Who_wrote_during_a_pause_is_counted_until_somebody_answers()
    {
        await using var portal = await TemporaryPortal.OpenAsync();
        var bot = await portal.BotAsync();
        await portal.AddAsync(
            [
                // Left, and nobody has answered.
                Of(bot, 1),
                Said(1, Author.Customer, 0),
                Fate(bot, 100, Reasons.BotPaused),
                // Left, and a person has answered.
                Of(bot, 2),
                Said(2, Author.Customer, 0),
                Fate(bot, 200, Reasons.BotPaused),
                Said(2, Author.Person, 1),
                // Left, and asked again since: the bot is at it.
                Of(bot, 3),
                Said(3, Author.Customer, 0),
                Fate(bot, 300, Reasons.BotPaused),
                Said(3, Author.Customer, 1),
                Fate(bot, 301, null),
                // Left to people.
                Of(bot, 4),
                Said(4, Author.Customer, 0),
                Fate(bot, 400, Reasons.PeopleOwn),
            ]
        );
        var count = portal.Get<CountLeftInPause>();
        Assert.Equal("1", await FindAsync(portal, new(bot.Id, WrittenInPause: true)));
        var rows = (await portal.Get<FindConversations>().ListAsync(TemporaryPortal.Viewer, new(bot.Id), 50, null, CancellationToken.None)).Value!.Items;
        Assert.Equal("1", Assert.Single(rows, row => row.LeftInPause).Id);
        Assert.Equal("1 3 4", await FindAsync(portal, new(bot.Id, Unanswered: true)));

        // It was never told to be silent by anybody: then nothing is looked through.
        Assert.Equal(0, (await count.HandleAsync(TemporaryPortal.Viewer, bot.Id, CancellationToken.None)).Value);
        await portal.AddAsync([new BotChange { BotId = bot.Id, By = "olga", What = BotAct.Paused, At = Noon }]);
        Assert.Equal(1, (await count.HandleAsync(TemporaryPortal.Viewer, bot.Id, CancellationToken.None)).Value);
        Assert.Equal(0, (await count.HandleAsync(TemporaryPortal.Viewer, Guid.NewGuid(), CancellationToken.None)).Value);
        Assert.False((await count.HandleAsync(new("nobody", null), bot.Id, CancellationToken.None)).Succeeded);
        await portal.AddAsync(Enumerable.Range(10, 120).SelectMany(i => new object[] { Of(bot, i), Said(i, Author.Customer, 0), Fate(bot, i * 100, Reasons.BotPaused) }));

        Assert.Equal(CountLeftInPause.Most + 1, (await count.HandleAsync(TemporaryPortal.Viewer, bot.Id, CancellationToken.None)).Value);
    }

    [Theory]
    [InlineData("c-abcdef", "1")]
    [InlineData("bcd", "1")]
    [InlineData(" u-77 ", "2 1")]
    [InlineData("4711", "2")]
    [InlineData("2", "2")]
    [InlineData("%", "")]
    [InlineData(" ", "2 1")]
    public async Task A_conversation_is_found_by_what_is_known_of_it(string search, string found)
    {
        await using var portal = await TemporaryPortal.OpenAsync();
        var bot = await portal.BotAsync();
        await portal.AddAsync(
            new Conversation { Id = 1, BotId = bot.Id, FreshchatId = "c-abcdef", UserId = "u-7788", LastEventAt = Noon },
            new Conversation { Id = 2, BotId = bot.Id, FreshchatId = "c-x", UserId = "u-7799", NumericId = "4711", LastEventAt = Noon.AddMinutes(1) }
        );

        Assert.Equal(found, await FindAsync(portal, new(Search: search), limit: 1));
    }

    [Fact]
    public async Task A_list_tells_whether_its_bots_answer_and_whose_customer_it_is()
    {
        await using var portal = await TemporaryPortal.OpenAsync();
        var paused = await portal.BotAsync(b => b.Status = BotStatus.Paused);
        await portal.AddAsync(new Conversation { Id = 1, BotId = paused.Id, FreshchatId = "c1", UserId = "u1", LastEventAt = Noon });
        var find = portal.Get<FindConversations>();

        var row = Assert.Single((await find.ListAsync(TemporaryPortal.Viewer, new(), 50, null, CancellationToken.None)).Value!.Items);

        Assert.Equal((Owner.Bot, BotStatus.Paused, "u1"), (row.Owner, row.BotStatus, row.UserId));
        Assert.Equal(BotStatus.Paused, (await find.GetAsync(TemporaryPortal.Viewer, "1", CancellationToken.None)).Value!.BotStatus);
    }

    [Fact]
    public async Task The_requests_of_a_turn_stand_in_the_order_in_which_they_began()
    {
        await using var portal = await TemporaryPortal.OpenAsync();
        var bot = await portal.BotAsync();
        var turn = Turn(bot, 20, 2);
        // Written down when they ended: waiting for the answer began before it was posted.
        turn.Calls.Add(new() { Id = 1, Step = "freshchat.reply", At = Noon.AddSeconds(3), Milliseconds = 80 });
        turn.Calls.Add(new() { Id = 2, Step = "mammut.listen", At = Noon.AddSeconds(2), Milliseconds = 1_500 });
        turn.Calls.Add(new() { Id = 3, Step = "mammut.say", At = Noon.AddSeconds(1), Milliseconds = 90 });
        await portal.AddAsync(Of(bot, 2), turn, new Delivery { Id = 5, BotId = bot.Id, DedupKey = "m1", ConversationId = 2, TurnId = 20, ReceivedAt = Noon });

        var conversation = (await portal.Get<FindConversations>().GetAsync(TemporaryPortal.Viewer, "2", CancellationToken.None)).Value!;
        var delivery = (await portal.Get<FindDeliveries>().GetAsync(TemporaryPortal.Viewer, "5", CancellationToken.None)).Value!;

        string[] began = ["mammut.say", "mammut.listen", "freshchat.reply"];
        Assert.Equal(began, conversation.Turns.Single().Hops.Select(hop => hop.Name));
        Assert.Equal(began, delivery.Attempts.Select(attempt => attempt.Step));
    }

    private static Conversation Of(Bot bot, long id, long? blockedBy = null) =>
        new()
        {
            Id = id,
            BotId = bot.Id,
            FreshchatId = $"c-{(char)('a' + id)}",
            BlockedByTurnId = blockedBy,
            LastEventAt = Noon.AddMinutes(-id),
        };

    private static Delivery Fate(Bot bot, long id, string? ignored)
    {
        var delivery = new Delivery { Id = id, BotId = bot.Id, DedupKey = $"m{id}", ReceivedAt = Noon };
        if (ignored is null)
            delivery.Wait();
        else
            delivery.Ignore(ignored, Noon);
        return delivery;
    }

    private static Message Said(long conversation, Author author, int minute, long? turn = null) =>
        new()
        {
            ConversationId = conversation,
            // Any that is nobody else's.
            DeliveryId = (conversation * 100) + minute,
            Author = author,
            Text = "…",
            CreatedAt = Noon.AddMinutes(minute),
            TurnId = turn,
        };

    private static Turn Turn(Bot bot, long id, long conversation, Reply? reply = null, bool relayed = false) =>
        new()
        {
            Id = id,
            BotId = bot.Id,
            ConversationId = conversation,
            Relayed = relayed,
            Stage = TurnStage.Ended,
            CreationDate = Noon,
            StartedAt = Noon,
            Deadline = Noon,
            EndedAt = Noon,
            Replies = reply is null ? [] : [reply],
        };

    private static async Task<string> FindAsync(TemporaryPortal portal, ConversationFilter filter, int limit = 50)
    {
        var pages = await EveryPage.OfAsync(after => portal.Get<FindConversations>().ListAsync(TemporaryPortal.Viewer, filter, limit, after, CancellationToken.None));
        return string.Join(' ', pages.SelectMany(page => page).Select(c => c.Id));
    }
}
