using Core.Conversations;
using Core.Tests.Freshchat;
using Core.Turns;
using Reply = Core.Tests.Freshchat.Reply;

namespace Core.Tests.Turns;

/// <summary>The last look before a reply (decision 19): what comes until the first byte leaves is heard, and nothing is sent that may not be.</summary>
[Trait("Database", "both")]
public sealed class LastLookTests
{
    private const string ByGuid = $"/v2/conversations/{Webhook.Conversation}/messages";
    private const string ByNumber = $"/v2/conversations/{AboutToPost.Number}/messages";

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_take_over_before_the_connection_or_on_it_is_applied_and_stops_the_text(int look)
    {
        await using var about = await AboutToPost.PrepareAsync();
        about.AtLook = n => n == look ? about.ArriveAsync(Webhook.Agent("a1", 0.5)) : Task.CompletedTask;

        var end = await about.PostAsync();

        Assert.Equal((StepEnd.PeopleOwn, look), (end, about.Looks));
        Assert.Equal(ReplyState.Stopped, (await about.ReplyAsync()).State);
        Assert.Empty(about.Posts);
    }

    [Fact]
    public async Task What_takes_the_conversation_from_nobody_is_applied_and_the_text_is_posted_after_it()
    {
        await using var about = await AboutToPost.PrepareAsync();
        about.AtLook = n => n == 2 ? about.ArriveAsync(Webhook.Customer("m2", 0.5)) : Task.CompletedTask;

        var end = await about.PostAsync();

        Assert.Equal((StepEnd.Done, 4), (end, about.Looks));
        Assert.Equal(ReplyState.Sent, (await about.ReplyAsync()).State);
        Assert.Equal([ByGuid], about.Posts);
    }

    [Fact]
    public async Task The_echo_of_an_earlier_request_that_comes_at_the_last_look_settles_the_text()
    {
        await using var about = await AboutToPost.PrepareAsync(begun: true);
        about.AtLook = n => n == 2 ? about.ArriveAsync(Webhook.Echo("e1", 0.5, AboutToPost.Text)) : Task.CompletedTask;

        var end = await about.PostAsync();

        var reply = await about.ReplyAsync();
        Assert.Equal((StepEnd.Done, 2), (end, about.Looks));
        Assert.Equal((ReplyState.Sent, "e1"), (reply.State, reply.FreshchatMessageId));
        Assert.Empty(about.Posts);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(20, 5)]
    public async Task An_answer_that_is_old_when_it_is_heard_is_asked_for_again_at_most_five_times(int milliseconds, int times)
    {
        await using var about = await AboutToPost.PrepareAsync();
        about.Clock.Step = TimeSpan.FromMilliseconds(milliseconds);

        var end = await about.PostAsync();

        // Before there is a connection, and on it.
        Assert.Equal((StepEnd.Done, 2 * times), (end, about.Looks));
        Assert.Equal([AboutToPost.Text], about.Far.Posted);
    }

    [Fact]
    public async Task The_fifth_answer_counts_as_much_as_the_first()
    {
        await using var about = await AboutToPost.PrepareAsync();
        about.Clock.Step = TimeSpan.FromMilliseconds(20);
        about.AtLook = n => n == 10 ? about.ArriveAsync(Webhook.Agent("a1", 0.5)) : Task.CompletedTask;

        var end = await about.PostAsync();

        Assert.Equal((StepEnd.PeopleOwn, 10), (end, about.Looks));
        Assert.Empty(about.Posts);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_lease_that_is_lost_or_too_old_on_the_open_connection_sends_nothing_and_leaves_the_text_to_whoever_has_it(bool lost)
    {
        await using var about = await AboutToPost.PrepareAsync(manyNodes: true);
        about.AtLook = n =>
        {
            if (n == 2 && lost)
                return about.LoseLeaseAsync();
            // The node was away for longer than it may count on what it read.
            if (n == 2)
                about.Clock.Advance(TimeSpan.FromSeconds(11));
            return Task.CompletedTask;
        };

        await Assert.ThrowsAsync<LeaseLostException>(about.PostAsync);

        Assert.Equal(2, about.Looks);
        Assert.Equal(ReplyState.Sending, (await about.ReplyAsync()).State);
        Assert.Empty(about.Posts);
    }

    [Fact]
    public async Task Where_freshchat_knows_only_the_number_it_is_asked_once_more_before_the_second_request()
    {
        await using var about = await AboutToPost.PrepareAsync();
        about.Far.Instead = r => IsByGuid(r) ? new Reply(404, "{}") : null;

        var end = await about.PostAsync();

        Assert.Equal((StepEnd.Done, 3), (end, about.Looks));
        Assert.Equal([ByGuid, ByNumber], about.Posts);
        Assert.Equal(ReplyState.Sent, (await about.ReplyAsync()).State);
    }

    [Fact]
    public async Task A_take_over_while_freshchat_denies_the_first_id_is_heard_before_the_second()
    {
        await using var about = await AboutToPost.PrepareAsync();
        about.Far.Instead = r =>
        {
            if (!IsByGuid(r))
                return null;
            about.ArriveAsync(Webhook.Agent("a1", 0.5)).GetAwaiter().GetResult();
            return new Reply(404, "{}");
        };

        var end = await about.PostAsync();

        Assert.Equal((StepEnd.PeopleOwn, 3), (end, about.Looks));
        Assert.Equal([ByGuid], about.Posts);
        Assert.Equal(ReplyState.Stopped, (await about.ReplyAsync()).State);
    }

    private static bool IsByGuid(Seen request) => AboutToPost.IsReply(request) && request.Target.Contains(Webhook.Conversation, StringComparison.Ordinal);
}
