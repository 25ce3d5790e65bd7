using Core.Bots;
using Core.Bots.Checks;
using Core.Bots.Listing;
using Core.Freshchat;
using Core.Mammut;
using Core.Outcomes;
using Core.Storage;
using Core.Tests.Freshchat;

namespace Core.Tests.Bots;

/// <summary>A host that is left alone because it failed too often is seen on the bots that need it, and so is its return.</summary>
[Trait("Database", "both")]
public sealed class CircuitHealthTests
{
    [Fact]
    public async Task An_open_circuit_is_seen_until_the_host_answers_again()
    {
        var fails = true;
        await using var side = await FarSide.Start(_ => fails ? Reply.Example("error-503", 503) : Reply.Example("rest-conversation-handed-over"));
        await using var portal = await TemporaryPortal.OpenAsync(side.Url);
        var bot = await portal.BotAsync(b => b.Keys.Add(new BotKey { Fingerprint = "f", Spki = [1] }));
        var account = new FreshchatAccount(portal.ChatUrl, Clients.Token, bot.AppId);
        var conversation = new ConversationIds("90c79624-35b6-46d8-9b24-c0402596d24a", null);
        await portal.StartAsync(nameof(TellOfOutages));
        List<Guid> told = [];
        using var listening = portal.Get<ChangeFeed>().Subscribe(change => told.Add(change.BotId));
        Assert.Equal("freshchat NotChecked, mammut_reachable NotChecked", await HealthAsync(portal, bot));

        for (var call = 0; call < 10; call++)
            await portal.Get<FreshchatClient>().AssignGroup(account, conversation, "group-1");

        // Mammut is on the same host here, and yet has a circuit of its own.
        Assert.Equal("freshchat Failed circuit_open, mammut_reachable NotChecked", await HealthAsync(portal, bot));
        var list = portal.Get<FindBots>();
        Assert.Equal("circuit_open", Assert.Single((await list.ListAsync(TemporaryPortal.Viewer, new(NeedsAttention: true), 10, null, CancellationToken.None)).Value!.Items).Attention);
        Assert.Contains(Change.EveryBot, told);
        fails = false;
        await Eventually.Get(
            async () => (await portal.Get<FreshchatClient>().AssignGroup(account, conversation, "group-1")).Succeeded,
            succeeded => succeeded,
            "the host is asked again"
        );
        Assert.Equal("freshchat NotChecked, mammut_reachable NotChecked", await HealthAsync(portal, bot));
    }

    [Fact]
    public void An_address_that_was_never_called_or_is_none_has_no_open_circuit()
    {
        var circuits = new Circuits();

        Assert.Equal(CircuitState.Closed, circuits.Of<MammutClient>("https://api.mammut.io"));
        Assert.Equal(CircuitState.Closed, circuits.Of<MammutClient>(""));
    }

    private static async Task<string> HealthAsync(TemporaryPortal portal, Bot bot)
    {
        var view = (await portal.Get<FindBots>().GetAsync(TemporaryPortal.Viewer, bot.Id, CancellationToken.None)).Value!;
        return string.Join(", ", view.Health.Where(c => c.Check is "freshchat" or "mammut_reachable").Select(c => $"{c.Check} {c.State} {c.Code}".Trim()));
    }
}
