using Core.Conversations;
using Core.Tests.Freshchat;
using Reply = Core.Tests.Freshchat.Reply;

namespace Core.Tests.Turns;

/// <summary>A group that was deleted and made anew is found by its name (freshchat.md 12.1).</summary>
[Trait("Database", "both")]
public sealed class RemadeGroupTests
{
    [Theory]
    [InlineData("""{"groups":[{"id":"made-anew","name":"Support"}]}""", "does_not_know", "made-anew")]
    [InlineData("""{"groups":[]}""", "hand_over_failed", null)]
    [InlineData("""{"groups":[{"id":"one","name":"Support"},{"id":"two","name":"Support"}]}""", "hand_over_failed", null)]
    public async Task Is_found_by_its_name_or_not_at_all(string groups, string reason, string? found)
    {
        await using var desk = await Desk.OpenAsync(bot => (bot.GroupId, bot.GroupName) = ("gone", "Support"));
        desk.Far.Knows = _ => false;
        desk.Far.Bot = _ => [];
        desk.Far.Instead = request =>
            request.Method == "PUT" && request.Body.Contains("gone", StringComparison.Ordinal) ? new(404, """{"code":404,"status":"GROUP_NOT_FOUND","message":"no"}""")
            : request.Target.Contains("/groups", StringComparison.Ordinal) ? new Reply(200, groups)
            : null;

        await desk.ArriveAsync(Webhook.Customer("m1", 0, "¿Bonos?"));
        var turn = await desk.EndedAsync();

        Assert.Equal(reason, turn.Reason);
        if (found is not null)
            Assert.Equal((found, HandOverVerdict.Done), (turn.HandOver!.GroupId, turn.HandOver.Verdict!.Value));
    }
}
