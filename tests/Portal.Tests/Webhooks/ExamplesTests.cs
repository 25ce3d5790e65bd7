using System.Net;
using Support;

namespace Portal.Tests.Webhooks;

/// <summary>
/// Every webhook of the contracts, of every generation of payload, does exactly what <c>expected.json</c> says, through the real
/// portal and over HTTP; and sending it again changes nothing.
/// </summary>
[Trait("Database", "both")]
public sealed class ExamplesTests(ExamplesTests.Run run) : IClassFixture<ExamplesTests.Run>
{
    public static TheoryData<string> Files { get; } = [.. Example.All.Select(e => e.File)];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Does_what_the_contract_says(string file)
    {
        var example = Example.All.Single(e => e.File == file);
        var outcome = await run.OutcomeOf(file);

        Assert.Equal(example.Http, (int)outcome.Http);
        Assert.Equal(example.DeliveryStatus, outcome.After.Status);
        Assert.Equal(example.Reason, outcome.After.Reason);
        Assert.Equal(example.Turn, outcome.After.Turn);
        Assert.Equal(example.TextSaidToBot is { } text ? [text] : [], outcome.After.Said);
        Assert.Equal(example.TextSaidToBot is { } said ? [MammutStandIn.AnswerTo(said)] : [], outcome.After.Replies);
        Assert.Equal(example.OwnerAfter == "unchanged" ? outcome.OwnerBefore : example.OwnerAfter, outcome.After.Owner);
        Assert.Equal(HttpStatusCode.OK, outcome.HttpAgain);
        Assert.Equal(outcome.After with { Duplicates = 1 }, outcome.Again);
    }

    [Fact]
    public void Every_example_is_expected() =>
        Assert.Equal(
            Directory.GetFiles(Path.Combine(Repository.Root, "tests", "Payloads"), "webhook-*.json").Select(Path.GetFileName).Order(StringComparer.Ordinal),
            Example.All.Select(e => e.File).Order(StringComparer.Ordinal)
        );

    /// <summary>What can be seen of an example from outside. Lists are compared as text, so that two records can be compared.</summary>
    public sealed record Seen(string Status, string? Reason, bool Turn, int Duplicates, string Owner, EquatableTexts Said, EquatableTexts Replies);

    public sealed record Outcome(HttpStatusCode Http, string OwnerBefore, Seen After, HttpStatusCode HttpAgain, Seen Again);

    /// <summary>Texts that are equal when they are the same in the same order.</summary>
    public sealed class EquatableTexts(IEnumerable<string> texts) : List<string>(texts), IEquatable<EquatableTexts>
    {
        public bool Equals(EquatableTexts? other) => other is not null && this.SequenceEqual(other);

        public override bool Equals(object? obj) => Equals(obj as EquatableTexts);

        public override int GetHashCode() => Count;
    }

    /// <summary>Sends the examples, many at a time; each row of the theory waits for its own.</summary>
    public sealed class Run : IAsyncLifetime
    {
        private readonly SemaphoreSlim _together = new(8);
        private readonly ConnectedPortal _portal = new();
        private Dictionary<string, Task<Outcome>> _outcomes = [];

        public Task<Outcome> OutcomeOf(string file) => _outcomes[file];

        public async ValueTask InitializeAsync()
        {
            await _portal.InitializeAsync();
            _outcomes = Example.All.ToDictionary(e => e.File, e => Task.Run(() => InTurnAsync(e)));
        }

        public async ValueTask DisposeAsync()
        {
            await Task.WhenAll(_outcomes.Values).ContinueWith(_ => { }, TaskScheduler.Default);
            await _portal.DisposeAsync();
            _together.Dispose();
        }

        private async Task<Outcome> InTurnAsync(Example example)
        {
            await _together.WaitAsync();
            try
            {
                return await TryAsync(example);
            }
            finally
            {
                _together.Release();
            }
        }

        private async Task<Outcome> TryAsync(Example example)
        {
            var freshchat = _portal.FarSides.Freshchat;
            var webhook = new ExampleWebhook(example, freshchat, TimeProvider.System.GetUtcNow());
            freshchat.StopClock(webhook.Conversation, webhook.Newest - TimeSpan.FromSeconds(5));
            var count = await PrepareAsync(example, webhook);
            var said = _portal.FarSides.Mammut.Said(webhook.Conversation).Count;
            var replies = freshchat.Replies(webhook.Conversation).Count;
            var ownerBefore = await OwnerAsync(webhook);

            var http = await _portal.SendAsync(webhook.Body);
            var after = await LookAsync(webhook, count + 1, said, replies);
            var again = await _portal.SendAsync(webhook.Body);
            return new(http, ownerBefore, after, again, await LookAsync(webhook, count + 1, said, replies));
        }

        private async Task<int> PrepareAsync(Example example, ExampleWebhook webhook)
        {
            if (example.Before is null)
                return 0;
            var reopening = webhook.Text.Contains("\"conversation_reopen\"", StringComparison.Ordinal);
            await _portal.SendAsync(webhook.MessageBefore("Buenos días", TimeSpan.FromSeconds(30), null, reopening));
            var first = await _portal.SettledAsync(webhook.Conversation, 1);
            Assert.Equal("handled", (string?)first["status"]);
            var next = example.Before switch
            {
                "bot active" => null,
                "handed over" => webhook.MessageBefore($"Un {MammutStandIn.Riddle}", TimeSpan.FromSeconds(20), null, reopening),
                "taken over" => webhook.MessageBefore("Me ocupo yo", TimeSpan.FromSeconds(20), _portal.FarSides.Freshchat.OtherAgent, reopening),
                _ => throw new InvalidOperationException($"Unknown state: {example.Before}"),
            };
            if (next is null)
                return 1;
            await _portal.SendAsync(next);
            await _portal.SettledAsync(webhook.Conversation, 2);
            Assert.Equal("people", await OwnerAsync(webhook));
            if (example.Before == "handed over")
                Assert.Equal(_portal.FarSides.Freshchat.Group, _portal.FarSides.Freshchat.GroupOf(webhook.Conversation));
            return 2;
        }

        private async Task<Seen> LookAsync(ExampleWebhook webhook, int count, int said, int replies)
        {
            var delivery = await _portal.SettledAsync(webhook.Conversation, count);
            return new(
                (string)delivery["status"]!,
                (string?)delivery["reason"],
                delivery["turnId"] is not null,
                (int)delivery["duplicates"]!,
                await OwnerAsync(webhook),
                new(_portal.FarSides.Mammut.Said(webhook.Conversation).Skip(said)),
                new(_portal.FarSides.Freshchat.Replies(webhook.Conversation).Skip(replies))
            );
        }

        // A conversation that the portal does not list is the bot's.
        private async Task<string> OwnerAsync(ExampleWebhook webhook) => await _portal.OwnerAsync(webhook.Conversation) ?? "bot";
    }
}
