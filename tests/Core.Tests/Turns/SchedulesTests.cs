using Core.Conversations;
using Core.Freshchat;
using Core.Mammut;
using Core.Turns;

namespace Core.Tests.Turns;

public sealed class SchedulesTests
{
    [Theory]
    [InlineData(0, 0.5, 1)]
    [InlineData(1, 0.5, 1)]
    [InlineData(2, 0.5, 2)]
    [InlineData(3, 0.5, 4)]
    [InlineData(4, 0.5, 8)]
    [InlineData(5, 0.5, 15)]
    [InlineData(99, 0.5, 15)]
    [InlineData(2, 0, 1.6)]
    [InlineData(2, 1, 2.4)]
    [InlineData(2, -7, 1.6)]
    [InlineData(2, 7, 2.4)]
    public void Pauses_between_attempts_grow_and_are_spread(int failed, double chance, double seconds) =>
        Assert.Equal(seconds, RetrySchedule.After(failed, chance).TotalSeconds, 6);

    [Fact]
    public void The_room_is_read_quickly_at_first_and_patiently_later()
    {
        var options = new MammutOptions { AnswerWait = TimeSpan.FromSeconds(2), PollInterval = TimeSpan.FromSeconds(0.5) };
        var reads = new List<double>();
        for (var at = TimeSpan.Zero; reads.Count < 12; reads.Add(at.TotalSeconds))
            at = ListeningSchedule.Next(at, options);

        Assert.Equal([0.1, 0.2, 0.4, 0.9, 1.4, 1.9, 4, 7, 12, 22, 42, 62], reads.Select(r => Math.Round(r, 3)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(50)]
    [InlineData(60_000)]
    public void The_next_read_always_lies_ahead(int waitMilliseconds)
    {
        var options = new MammutOptions { AnswerWait = TimeSpan.FromMilliseconds(waitMilliseconds), PollInterval = TimeSpan.FromMilliseconds(20) };

        for (var at = TimeSpan.Zero; at < TimeSpan.FromMinutes(2); at = ListeningSchedule.Next(at, options))
            Assert.True(ListeningSchedule.Next(at, options) > at);
    }

    [Theory]
    [InlineData("ours", null, HandOverVerdict.Done)]
    [InlineData("ours", "ana", HandOverVerdict.Done)]
    [InlineData("ours", "bot", HandOverVerdict.BotAgentClings)]
    [InlineData("other", "ana", HandOverVerdict.AgentHasIt)]
    [InlineData(null, "ana", HandOverVerdict.AgentHasIt)]
    [InlineData("other", null, HandOverVerdict.Overridden)]
    [InlineData("other", "bot", HandOverVerdict.Overridden)]
    [InlineData(null, null, HandOverVerdict.NotAssigned)]
    [InlineData(null, "bot", HandOverVerdict.NotAssigned)]
    public void Reading_back_gives_the_verdict_of_its_row(string? group, string? agent, HandOverVerdict verdict) =>
        Assert.Equal(verdict, HandOverVerdicts.Judge(new FreshchatConversation { AssignedGroupId = group, AssignedAgentId = agent }, "ours", "bot"));
}
