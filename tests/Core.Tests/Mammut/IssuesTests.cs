using Core.Mammut;
using Core.Tests.Freshchat;

namespace Core.Tests.Mammut;

public sealed class IssuesTests
{
    private const long BotId = 730114;
    private const long VisitorId = 731290;

    [Theory]
    [InlineData("mammut-thoughts-issue-on-visitor-thought", 19277L)]
    [InlineData("mammut-thoughts-issue-on-bot-thought", 19277L)]
    [InlineData("mammut-thoughts-issue-with-bot-text", 19277L)]
    [InlineData("mammut-thoughts-issue-closed", null)]
    [InlineData("mammut-thoughts-remove-halted-mark", null)]
    [InlineData("mammut-thoughts-no-issue", null)]
    public async Task An_open_issue_on_any_thought_of_bot_or_visitor_counts(string example, long? issue)
    {
        await using var side = await FarSide.Start(_ => Reply.Example(example));
        await using var clients = new Clients(side);

        var thoughts = await clients.Mammut.Thoughts(602418, DateTimeOffset.UnixEpoch);

        Assert.Equal(issue is { } id ? [id] : [], Issues.ToLearn(thoughts.Value!, BotId, VisitorId).Select(found => found.Id));
    }

    [Theory]
    [InlineData("ThoughtOfferToBeLearned", "open", true)]
    [InlineData("TOTBL", "Open", true)]
    [InlineData("something-new", null, true)]
    [InlineData(null, "open", true)]
    [InlineData("ThoughtOfferToBeLearned", "close", false)]
    [InlineData("ThoughtOfferToBeLearned", "closed", false)]
    [InlineData("RemoveHaltedMark", "open", false)]
    [InlineData("remove-halted_mark", null, false)]
    public void A_type_is_compared_by_its_letters_and_a_missing_state_is_open(string? type, string? state, bool counts) =>
        Assert.Equal(counts, Issues.IsOfferToLearn(new MammutIssue { Id = 1, Type = type, State = state }));

    [Fact]
    public void Each_issue_counts_once_and_those_of_others_do_not()
    {
        var issue = new MammutIssue { Id = 7 };
        MammutThought[] thoughts = [Thought(BotId, issue), Thought(VisitorId, issue), Thought(999, new MammutIssue { Id = 8 }), Thought(null, new MammutIssue { Id = 9 })];

        Assert.Equal([7L, 9L], Issues.ToLearn(thoughts, BotId, VisitorId).Select(found => found.Id));
    }

    private static MammutThought Thought(long? sender, MammutIssue issue) => new()
    {
        SendBy = sender is { } id ? new MammutSendBy { User = [new MammutUser { Id = id }] } : null,
        Cause = new MammutCause { Issue = [issue] },
    };
}
