using Core.Bots;
using Core.Conversations;
using Core.Webhooks;

namespace Core.Tests.Webhooks;

/// <summary>A customer's message can itself bring the bot back (freshchat.md 12.4, 12.6).</summary>
public sealed class ReturnToBotTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("c-1000", "c-2000", true)]
    [InlineData("c-1000", "c-1000", false)]
    [InlineData("c-2000", "c-1000", false)]
    [InlineData(null, "c-2000", false)]
    [InlineData("c-1000", null, false)]
    public void A_message_of_a_later_episode_proves_a_missed_reopening(string? silentIn, string? now, bool back)
    {
        var history = new List<OwnershipEvent> { Event(OwnershipCause.HandOver, 0, silentIn) };

        Conclude(history, 5, now);

        Assert.Equal(back ? Owner.Bot : Owner.People, Ownership.Now(history));
    }

    [Fact]
    public void Where_the_bot_never_fell_silent_it_is_the_owner_as_before()
    {
        var history = new List<OwnershipEvent> { Event(OwnershipCause.Resolved, 0, "c-1000") };

        Conclude(history, 5, "c-2000", hours: 1);

        Assert.Equal(Owner.Bot, Ownership.Now(history));
        Assert.DoesNotContain(history, e => e.Cause is OwnershipCause.GivenBack);
    }

    [Fact]
    public void A_take_over_of_an_earlier_episode_that_is_told_later_silences_nobody_now()
    {
        var history = new List<OwnershipEvent>();

        Conclude(history, 5, "c-2000");
        history.Add(Event(OwnershipCause.AgentMessage, 3, "c-1000"));

        Assert.Equal(Owner.Bot, Ownership.Now(history));
        Assert.Equal(Owner.Bot, Ownership.At(history, Start.AddHours(5)));
        Assert.Equal(Owner.People, Ownership.At(history, Start.AddHours(4)));
    }

    [Fact]
    public void An_episode_is_concluded_once_and_begins_with_its_oldest_message()
    {
        var history = new List<OwnershipEvent> { Event(OwnershipCause.HandOver, 0, "c-1000") };

        Conclude(history, 8, "c-2000");
        Conclude(history, 9, "c-2000");
        Assert.Equal(2, history.Count);

        // Overtaken by the one of minute 8 on its way here.
        Conclude(history, 6, "c-2000");
        Assert.Equal(Owner.Bot, Ownership.At(history, Start.AddHours(6)));
        Assert.Equal(Owner.People, Ownership.At(history, Start.AddHours(5)));
    }

    [Theory]
    [InlineData("AgentMessage@0", 6, 5, false)]
    [InlineData("AgentMessage@0", 6, 6, true)]
    [InlineData("AgentMessage@0 AgentMessage@3", 6, 8, false)]
    [InlineData("AgentMessage@0 AgentMessage@3", 6, 9, true)]
    [InlineData("HandOver@0", 6, 6, true)]
    [InlineData("HandOver@0 TakeOver@5", 6, 7, true)]
    [InlineData("HandOver@0 AgentMessage@5", 6, 7, false)]
    [InlineData("AgentMessage@0 Resolved@1 TakeOver@5", 6, 10, false)]
    [InlineData("AgentMessage@0 Resolved@1 TakeOver@5", 6, 11, true)]
    [InlineData("AgentMessage@0", null, 600, false)]
    public void After_hours_without_an_agent_message_the_bot_is_back(string before, int? hours, int now, bool back)
    {
        var history = before.Split(' ')
            .Select(word => word.Split('@'))
            .Select(parts => Event(Enum.Parse<OwnershipCause>(parts[0]), int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture), null))
            .ToList();

        Conclude(history, now, null, hours);

        Assert.Equal(back ? Owner.Bot : Owner.People, Ownership.Now(history));
    }

    private static OwnershipEvent Event(OwnershipCause cause, int hour, string? interaction) =>
        new()
        {
            Cause = cause,
            At = Start.AddHours(hour),
            InteractionId = interaction,
        };

    private static void Conclude(List<OwnershipEvent> history, int hour, string? interaction, int? hours = null) =>
        ReturnToBot.Conclude(
            new Bot { Policies = new() { GiveBackAfterHours = hours } },
            new Delivery { EventTime = Start.AddHours(hour) },
            new FreshchatEvent { Action = "message_create", Kind = EventKind.MessageCreated, InteractionId = interaction, ActorType = "user" },
            history,
            history.Add,
            1
        );
}
