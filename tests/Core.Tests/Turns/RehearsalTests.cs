using Core.Bots;
using Core.Conversations;
using Core.Tests.Freshchat;
using Microsoft.EntityFrameworkCore;

namespace Core.Tests.Turns;

/// <summary>A draft answers in the conversation of its proof and in no other (freshchat.md 10, row 0).</summary>
[Trait("Database", "both")]
public sealed class RehearsalTests
{
    private const string Other = "0b1c2d3e-0000-4000-8000-000000000002";

    [Fact]
    public async Task Who_writes_first_is_answered_and_nobody_else()
    {
        await using var desk = await Desk.OpenAsync(AsDraft);
        await BeginAsync(desk);

        await desk.ArriveAsync(Webhook.Customer("mine", 0));
        await desk.FateAsync("mine Handled");
        await desk.ArriveAsync(Webhook.Customer("theirs", 1, conversation: Other), Webhook.Customer("again", 2, "¿y mañana?"));
        await desk.FateAsync("theirs Ignored bot_draft, again Handled");

        Assert.Equal(2, desk.Far.Posted.Count);
    }

    [Fact]
    public async Task Without_a_rehearsal_a_draft_answers_nobody()
    {
        await using var desk = await Desk.OpenAsync(AsDraft);

        await desk.ArriveAsync(Webhook.Customer("m1", 0));
        await desk.FateAsync("m1 Ignored bot_draft");

        Assert.Empty(desk.Far.Posted);
    }

    [Fact]
    public async Task A_rehearsal_that_was_left_open_ends_by_itself()
    {
        await using var desk = await Desk.OpenAsync(AsDraft);
        await BeginAsync(desk, -Rehearsal.Longest);

        await desk.ArriveAsync(Webhook.Customer("m1", 0));
        await desk.FateAsync("m1 Ignored bot_draft");

        Assert.Empty(desk.Far.Posted);
    }

    [Fact]
    public async Task A_conversation_that_people_have_does_not_begin_it_and_says_why()
    {
        await using var desk = await Desk.OpenAsync(AsDraft);
        await BeginAsync(desk);

        await desk.ArriveAsync(Webhook.Agent("person", 0), Webhook.Customer("late", 1));
        await desk.FateAsync("late Ignored people_own");

        Assert.Null((await desk.Portal.ReadAsync(db => db.Rehearsals.SingleAsync())).ConversationId);
    }

    [Fact]
    public async Task A_rehearsal_that_ends_while_the_bot_thinks_posts_nothing()
    {
        await using var desk = await Desk.OpenAsync(AsDraft);
        await BeginAsync(desk);
        var ended = false;
        desk.Far.Instead = request =>
        {
            if (!ended && request.Target.Contains("send:=thought", StringComparison.Ordinal))
            {
                ended = true;
                desk.Portal.Store.WriteAsync(db => db.Rehearsals.ExecuteDeleteAsync(), CancellationToken.None).GetAwaiter().GetResult();
            }
            return null;
        };

        await desk.ArriveAsync(Webhook.Customer("m1", 0));
        var turn = await desk.EndedAsync();

        Assert.Equal("bot_paused", turn.Reason);
        Assert.Empty(desk.Far.Posted);
    }

    private static void AsDraft(Bot bot) => (bot.Status, bot.LiveSince) = (BotStatus.Draft, null);

    private static Task BeginAsync(Desk desk, TimeSpan shift = default) =>
        desk.Portal.AddAsync(new Rehearsal { BotId = desk.BotId, BeganAt = desk.Portal.Get<TimeProvider>().GetUtcNow() + shift });
}
