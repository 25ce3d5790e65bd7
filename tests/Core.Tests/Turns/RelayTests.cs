using System.Globalization;
using System.Text;
using Core.Bots;
using Core.Conversations;
using Core.Mammut;
using Core.Tests.Freshchat;
using Core.Webhooks;
using Microsoft.EntityFrameworkCore;
using Reply = Core.Tests.Freshchat.Reply;

namespace Core.Tests.Turns;

/// <summary>Relay: everything that is verified goes on to Mammut's cloud, unchanged and in order; the portal itself says nothing (mammut.md 7).</summary>
[Trait("Database", "both")]
public sealed class RelayTests
{
    [Fact]
    public async Task Every_webhook_is_passed_on_byte_for_byte_and_nothing_is_said_or_assigned()
    {
        await using var desk = await OpenAsync(b => b.DefaultContext = "panadería");
        byte[][] sent = [Webhook.Customer("m1", 0), Webhook.Echo("e1", 1, "Hola."), Webhook.Agent("a1", 2), Webhook.Customer("m2", 3), Webhook.Resolved(4), Unknown];

        await desk.ArriveAsync(sent);
        await HandledAsync(desk, sent.Length);

        var relayed = Relayed(desk);
        Assert.Equal(sent.Select(Encoding.UTF8.GetString), relayed.OrderBy(r => Array.FindIndex(sent, s => Encoding.UTF8.GetString(s) == r.Body)).Select(r => r.Body));
        Assert.Equal(sent[..^1].Select(Encoding.UTF8.GetString), relayed.Where(r => r.Body != Encoding.UTF8.GetString(Unknown)).Select(r => r.Body));
        Assert.All(relayed, r => Assert.Equal(("application/json;charset=UTF-8", "730114", "0"), (r.Headers["Content-Type"], r.Headers["X-Mammut-Id"], r.Headers["X-Retry-Count"])));
        Assert.All(relayed, r => Assert.Equal("panader%C3%ADa", r.Headers["X-Mammut-Sub-Channel"]));
        Assert.All(desk.Far.Requests, r => Assert.True(r.Method == "GET" || r.Target == "/mammut/channels/freshchat/", r.Target));
    }

    [Fact]
    public async Task The_signature_goes_with_it_and_without_a_context_none_is_named()
    {
        await using var desk = await OpenAsync();
        var bot = await desk.Portal.ReadAsync(db => db.Bots.SingleAsync());

        Assert.Equal(StoreOutcome.Stored, await desk.Portal.StoreAsync(bot, Webhook.Customer("m1", 0), signature: "c2lnbmVk"));
        await HandledAsync(desk, 1);

        var headers = Assert.Single(Relayed(desk)).Headers;
        Assert.Equal("c2lnbmVk", headers["X-Freshchat-Signature"]);
        Assert.False(headers.ContainsKey("X-Mammut-Sub-Channel"));
    }

    [Fact]
    public async Task The_pages_show_what_the_portal_sees()
    {
        await using var desk = await OpenAsync();

        await desk.ArriveAsync(Webhook.Customer("m1", 0, "¿Hay menú?"), Webhook.Echo("e1", 1, "Sí."), Webhook.Agent("a1", 2), Unknown);
        await HandledAsync(desk, 4);

        var listed = (await desk.Portal.Get<FindConversations>().ListAsync(TemporaryPortal.Viewer, new(), 50, null, CancellationToken.None)).Value!.Items;
        var shown = (await desk.Portal.Get<FindConversations>().GetAsync(TemporaryPortal.Viewer, Assert.Single(listed).Id, CancellationToken.None)).Value!;
        Assert.Equal(Owner.People, shown.Owner);
        Assert.Equal(["Customer ¿Hay menú?", "Bot Sí.", "Person soy Ana"], shown.Timeline.Where(e => e.Text is not null).Select(e => $"{e.Kind} {e.Text}"));
        var deliveries = (await desk.Portal.Get<FindDeliveries>().ListAsync(TemporaryPortal.Viewer, new(), 50, null, CancellationToken.None)).Value!.Items;
        Assert.All(deliveries, d => Assert.Equal((DeliveryStatus.Handled, "relayed"), (d.Status, d.Reason)));
        Assert.Null(deliveries[0].ConversationId);
    }

    [Fact]
    public async Task What_fails_is_tried_again_with_its_number_and_what_came_after_it_waits()
    {
        await using var desk = await OpenAsync();
        desk.Far.Instead = r => IsRelay(r) && r.Headers["X-Retry-Count"] == "0" && r.Body.Contains("\"m1\"", StringComparison.Ordinal) ? new Reply(503, "") : null;

        await desk.ArriveAsync(Webhook.Customer("m1", 0), Webhook.Agent("a1", 1));
        await HandledAsync(desk, 2);

        Assert.Equal(["m1 0", "m1 1", "a1 0"], Relayed(desk).Select(r => $"{IdOf(r)} {r.Headers["X-Retry-Count"]}"));
    }

    [Fact]
    public async Task Given_up_it_is_dead_and_the_next_one_takes_it_up_again_before_itself()
    {
        await using var desk = await OpenAsync(("Inbox:MaxAttempts", "1"));
        var refuses = true;
        desk.Far.Instead = r => IsRelay(r) && refuses ? new Reply(500, "") : null;

        await desk.ArriveAsync(Webhook.Customer("m1", 0));
        await desk.FateAsync("m1 Dead bot_error");
        Assert.NotNull((await desk.Portal.ConversationAsync()).BlockedByTurnId);
        // A person who takes over unblocks nothing here: the cloud hears everything in order.
        await desk.ArriveAsync(Webhook.Agent("a1", 1));
        await Eventually.Get(() => Task.FromResult(Relayed(desk).Count), n => n >= 2, "the second try");
        refuses = false;
        await desk.ArriveAsync(Webhook.Customer("m2", 2));
        await HandledAsync(desk, 3);

        Assert.Equal(["m1", "a1", "m2"], Relayed(desk).Select(IdOf).Distinct());
        Assert.Null((await desk.Portal.ConversationAsync()).BlockedByTurnId);
    }

    [Theory]
    [InlineData(BotStatus.Paused, "m1 Ignored bot_paused")]
    [InlineData(BotStatus.Draft, "m1 Ignored bot_draft")]
    public async Task A_bot_that_does_not_answer_relays_nothing(BotStatus status, string fate)
    {
        await using var desk = await OpenAsync(b => b.Status = status);

        await desk.ArriveAsync(Webhook.Customer("m1", 0), Unknown);
        await desk.FateAsync(fate);

        Assert.Empty(desk.Far.Requests);
    }

    [Fact]
    public async Task A_bot_may_relay_where_the_portal_does_not()
    {
        await using var desk = await Desk.OpenAsync(b => b.Mode = MammutMode.Relay);

        await desk.ArriveAsync(Webhook.Customer("m1", 0));
        await desk.FateAsync("m1 Handled relayed");

        Assert.Single(Relayed(desk));
        Assert.Empty(desk.Far.Said);
    }

    [Fact]
    public async Task Back_in_rooms_what_still_waits_is_answered_and_events_are_only_noted()
    {
        await using var portal = await TemporaryPortal.OpenAsync();
        var bot = await portal.BotAsync(b => b.Mode = MammutMode.Relay);
        await portal.StartAsync("Inbox");
        foreach (var body in new[] { Webhook.Reopened(0), Webhook.Customer("m1", 1), Webhook.Echo("e1", 2, "Hola.") })
            Assert.Equal(StoreOutcome.Stored, await portal.StoreAsync(bot, body));
        await portal.ApplyAsync();
        Assert.Equal(3, await portal.ReadAsync(db => db.Deliveries.CountAsync(d => d.Status == DeliveryStatus.Waiting)));
        await portal.Store.WriteAsync(db => db.Bots.ExecuteUpdateAsync(row => row.SetProperty(b => b.Mode, MammutMode.Rooms)), CancellationToken.None);
        portal.Get<Core.Storage.ChangeFeed>().Announce(bot.Id);

        await portal.StartAsync("DeliveryWorker");
        var turn = await Eventually.Get(() => portal.ReadAsync(db => db.Turns.FirstOrDefaultAsync()), t => t is not null, "a turn");

        Assert.Equal((false, "hola"), (turn!.Relayed, turn.Text));
        Assert.Equal("Handled state_event, Waiting, Ignored not_a_user", await FatesAsync(portal));
    }

    private static byte[] Unknown => """{"action":"agent_status_changed","data":{"agent":{"id":"126e79e2"}}}"""u8.ToArray();

    private static Task<Desk> OpenAsync(params (string, string)[] settings) => Desk.OpenAsync([("Mammut:Mode", "Relay"), .. settings]);

    private static Task<Desk> OpenAsync(Action<Bot> change) => Desk.OpenAsync(change, ("Mammut:Mode", "Relay"));

    private static Task<int> HandledAsync(Desk desk, int count) =>
        Eventually.Get(
            () => desk.Portal.ReadAsync(db => db.Deliveries.CountAsync(d => d.Status == DeliveryStatus.Handled)),
            handled => handled == count,
            string.Create(CultureInfo.InvariantCulture, $"{count} handled")
        );

    private static async Task<string> FatesAsync(TemporaryPortal portal) =>
        string.Join(", ", (await portal.ReadAsync(db => db.Deliveries.OrderBy(d => d.Id).ToListAsync())).Select(d => $"{d.Status} {d.Reason}".Trim()));

    private static List<Seen> Relayed(Desk desk) => [.. desk.Far.Requests.Where(IsRelay)];

    private static bool IsRelay(Seen request) => request.Target.StartsWith("/mammut/channels/", StringComparison.Ordinal);

    private static string IdOf(Seen request) => (string)System.Text.Json.Nodes.JsonNode.Parse(request.Body)!["data"]!["message"]!["id"]!;
}
