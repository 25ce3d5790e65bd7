using Core.Conversations;
using CsCheck;

namespace Core.Tests.Conversations;

/// <summary>Who owns a conversation: rows of freshchat.md 12.4 and what must hold whatever happens.</summary>
public sealed class OwnershipTests
{
    private const string First = "904417330215862-1000";
    private const string Second = "904417330215862-2000";

    private static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private static readonly string?[] Episodes = [null, First, Second, "unreadable"];

    private static readonly Gen<OwnershipEvent> SomeEvent = Gen.Select(
        Gen.Enum<OwnershipCause>(),
        Gen.Int[0, 8],
        Gen.Frequency((8, Gen.Bool), (1, Gen.Const(false))),
        Gen.Int[0, 3].Select(i => Episodes[i]),
        (cause, at, dated, episode) =>
            new OwnershipEvent
            {
                Cause = cause,
                At = dated || cause is not OwnershipCause.HandOver ? Start.AddMinutes(at) : null,
                InteractionId = episode,
            }
    );

    private static readonly Gen<OwnershipEvent[]> History = SomeEvent.Array[0, 8];

    [Theory]
    [InlineData("", Owner.Bot)]
    [InlineData("HandOver@1", Owner.People)]
    [InlineData("Silenced@1", Owner.People)]
    [InlineData("AgentMessage@1", Owner.People)]
    [InlineData("TakeOver@1", Owner.People)]
    [InlineData("HandOver@1 Resolved@2", Owner.Bot)]
    [InlineData("AgentMessage@1 Reopened@2", Owner.Bot)]
    [InlineData("TakeOver@1 AssignedToBot@2", Owner.Bot)]
    [InlineData("AgentMessage@1 GivenBack@2", Owner.Bot)]
    [InlineData("Resolved@1 AgentMessage@2", Owner.People)]
    [InlineData("AgentMessage@2 Resolved@1", Owner.People)]
    [InlineData("AgentMessage@1 Resolved@1", Owner.People)]
    [InlineData("Resolved@1 AgentMessage@1", Owner.People)]
    [InlineData("HandOver@? Resolved@9", Owner.People)]
    [InlineData("HandOver@1/1 LaterEpisode@2/2", Owner.Bot)]
    [InlineData("HandOver@1/2 LaterEpisode@2/2", Owner.People)]
    [InlineData("HandOver@1/2 LaterEpisode@2/1", Owner.People)]
    [InlineData("HandOver@1 LaterEpisode@2/2", Owner.People)]
    [InlineData("Reopened@1/2 HandOver@2/1 LaterEpisode@3/2", Owner.People)]
    [InlineData("Reopened@1/2 TakeOver@2/1 LaterEpisode@3/2", Owner.Bot)]
    [InlineData("HandOver@1/1 AgentMessage@2/2 LaterEpisode@3/2", Owner.People)]
    [InlineData("HandOver@1/1 LaterEpisode@2/2 AgentMessage@3/2", Owner.People)]
    public void What_happened_decides_who_owns_it_now(string history, Owner owner) => Assert.Equal(owner, Ownership.Now(Read(history)));

    [Theory]
    [InlineData("AgentMessage@2 Resolved@4", 1, Owner.Bot)]
    [InlineData("AgentMessage@2 Resolved@4", 2, Owner.People)]
    [InlineData("AgentMessage@2 Resolved@4", 3, Owner.People)]
    [InlineData("AgentMessage@2 Resolved@4", 4, Owner.People)]
    [InlineData("AgentMessage@2 Resolved@4", 5, Owner.Bot)]
    [InlineData("AgentMessage@2 GivenBack@4", 4, Owner.Bot)]
    [InlineData("HandOver@2/1 LaterEpisode@4/2", 4, Owner.Bot)]
    [InlineData("HandOver@?", 9, Owner.Bot)]
    public void A_period_of_the_people_is_marked_for_messages_of_any_time(string history, int minute, Owner owner) =>
        Assert.Equal(owner, Ownership.At(Read(history), Start.AddMinutes(minute)));

    [Theory]
    [InlineData("AgentMessage@2 TakeOver@3", 5, 2)]
    [InlineData("AgentMessage@2 Resolved@3 TakeOver@4 AgentMessage@5", 9, 4)]
    [InlineData("AgentMessage@2 Resolved@3", 9, null)]
    [InlineData("AgentMessage@4", 3, null)]
    public void The_period_of_the_people_began_with_its_first_event(string history, int minute, int? began) =>
        Assert.Equal(began is { } b ? Start.AddMinutes(b) : null, Ownership.PeopleSince(Read(history), Start.AddMinutes(minute)));

    [Fact]
    public void The_order_of_arrival_changes_nothing() =>
        Gen.Select(History, Gen.Int)
            .Sample(
                (history, seed) =>
                {
                    var arrived = Shuffle(history, seed);
                    return Ownership.Now(arrived) == Ownership.Now(history)
                        && Minutes.All(m => Ownership.At(arrived, m) == Ownership.At(history, m) && Ownership.PeopleSince(arrived, m) == Ownership.PeopleSince(history, m));
                }
            );

    [Fact]
    public void An_event_applied_twice_changes_nothing() =>
        Gen.Select(History, Gen.Int)
            .Sample(
                (history, seed) =>
                {
                    var twice = Shuffle([.. history, .. history], seed);
                    return Ownership.Now(twice) == Ownership.Now(history) && Minutes.All(m => Ownership.At(twice, m) == Ownership.At(history, m));
                }
            );

    [Fact]
    public void A_late_older_event_changes_nothing_in_the_present() =>
        Gen.Select(History, SomeEvent)
            .Where((history, late) => late.At is { } at && history.Any(e => e.At > at && e.Cause is not OwnershipCause.LaterEpisode))
            .Sample((history, late) => LaterEpisodeDecides(history) || Ownership.Now([.. history, late]) == Ownership.Now(history));

    [Fact]
    public void A_late_event_of_the_people_marks_its_own_instant() =>
        Gen.Select(History, SomeEvent)
            .Where((_, late) => late.At is not null && Ownership.GivesToPeople(late.Cause))
            .Sample((history, late) => Ownership.At([.. history, late], late.At!.Value) == Owner.People || FromCustomerAt(history, late.At.Value));

    [Fact]
    public void An_undated_hand_over_is_the_newest_of_all() =>
        History.Sample(history => Ownership.Now([.. history, new() { Cause = OwnershipCause.HandOver }]) == Owner.People);

    [Fact]
    public void People_win_at_the_same_instant() =>
        History.Sample(history =>
        {
            var newest = history.Max(e => e.At) ?? Start;
            return Ownership.Now([.. history, new() { Cause = OwnershipCause.AgentMessage, At = newest }]) == Owner.People;
        });

    [Theory]
    [InlineData(Second, First, true)]
    [InlineData(First, Second, false)]
    [InlineData(First, First, false)]
    [InlineData("904417330215862-999", First, false)]
    [InlineData(null, First, false)]
    [InlineData(Second, null, false)]
    [InlineData("no-number", First, false)]
    [InlineData("904417330215862-", First, false)]
    [InlineData("904417330215862-99999999999999999999999", First, false)]
    public void A_later_episode_has_the_greater_number_behind_the_last_hyphen(string? interaction, string? than, bool later) =>
        Assert.Equal(later, Ownership.IsLaterEpisode(interaction, than));

    private static IEnumerable<DateTimeOffset> Minutes => Enumerable.Range(-1, 11).Select(m => Start.AddMinutes(m));

    // Whether a missed reopening is one depends on the episode in which the bot fell silent, so on what lies before.
    private static bool LaterEpisodeDecides(OwnershipEvent[] history) => history.Any(e => e.Cause is OwnershipCause.LaterEpisode);

    private static bool FromCustomerAt(OwnershipEvent[] history, DateTimeOffset at) =>
        history.Any(e => e.At == at && e.Cause is OwnershipCause.LaterEpisode or OwnershipCause.GivenBack);

    private static OwnershipEvent[] Shuffle(OwnershipEvent[] events, int seed)
    {
        var shuffled = events.ToArray();
        var state = (uint)seed | 1;
        for (var i = shuffled.Length - 1; i > 0; i--)
        {
            state = state * 1664525 + 1013904223;
            var j = (int)(state % (uint)(i + 1));
            (shuffled[i], shuffled[j]) = (shuffled[j], shuffled[i]);
        }
        return shuffled;
    }

    // "HandOver@1/2" = a hand-over in minute 1 of the second episode; "@?" = not dated yet.
    private static List<OwnershipEvent> Read(string history) =>
        [
            .. history.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(word => word.Split('@', '/'))
                .Select(parts => new OwnershipEvent
                {
                    Cause = Enum.Parse<OwnershipCause>(parts[0]),
                    At = parts[1] == "?" ? null : Start.AddMinutes(int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture)),
                    InteractionId = parts.Length < 3 ? null : parts[2] == "1" ? First : Second,
                }),
        ];
}
