using Core.Conversations;
using Core.Tests.Freshchat;
using Reply = Core.Tests.Freshchat.Reply;

namespace Core.Tests.Turns;

/// <summary>Conversations that people held before the portal heard of them.</summary>
[Trait("Database", "both")]
public sealed class FirstSightTests
{
    [Fact]
    public async Task Where_people_wrote_before_the_portal_knew_the_conversation_the_bot_is_silent()
    {
        await using var desk = await Desk.OpenAsync();
        desk.Far.Instead = WroteBefore;

        await desk.ArriveAsync(Webhook.Customer("m1", 0));
        await desk.FateAsync("m1 Ignored people_own");

        Assert.Empty(desk.Far.Said);
        Assert.Equal(Owner.People, (await desk.Portal.ConversationAsync()).Owner);
    }

    [Fact]
    public async Task What_was_left_to_people_by_the_first_sight_is_answered_when_the_return_to_the_bot_is_told_late()
    {
        await using var desk = await Desk.OpenAsync();
        desk.Far.Instead = WroteBefore;
        await desk.ArriveAsync(Webhook.Customer("m1", 0));
        await desk.FateAsync("m1 Ignored people_own");

        await desk.ArriveAsync(Webhook.Assigned(-0.5, Webhook.BotAgent, null));
        await desk.FateAsync("m1 Handled");

        Assert.Equal(["hola"], desk.Far.Said);
        Assert.Equal(["re: hola"], desk.Far.Posted);
    }

    // A person, a minute before the first message that the portal hears of.
    private static Reply? WroteBefore(Seen request) =>
        request.Method == "GET" && request.Target.Contains("/messages", StringComparison.Ordinal) && request.Target.Contains("page=1&", StringComparison.Ordinal)
            ? new Reply(
                200,
                $$$"""{"messages":[{"id":"old","actor_type":"agent","actor_id":"{{{Webhook.OtherAgent}}}","interaction_id":"{{{Webhook.FirstEpisode}}}","message_type":"normal","created_time":"2026-03-02T08:59:00Z","message_parts":[{"text":{"content":"Hola"}}]}]}"""
            )
            : null;
}
