using Core.Bots;
using Core.Conversations;
using Core.Storage;
using Core.Storage.PostgreSql;
using Core.Tests.Freshchat;
using Core.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace Core.Tests.Storage.PostgreSql;

/// <summary>Who waits for whom, between two nodes on one database.</summary>
public sealed class LocksTests
{
    [Fact]
    public async Task Writes_to_one_conversation_wait_for_each_other_on_both_nodes()
    {
        await using var one = await TemporaryPortal.OnPostgresAsync();
        await using var other = await one.SecondNodeAsync();
        var conversation = await ConversationAsync(one, await one.BotAsync());

        await Task.WhenAll(
            Enumerable
                .Range(0, 60)
                .Select(i =>
                    (i % 2 == 0 ? one : other).Store.WriteToAsync(
                        conversation,
                        async db =>
                        {
                            var row = await db.Conversations.FirstAsync(c => c.Id == conversation);
                            row.VisitorId = (row.VisitorId ?? 0) + 1;
                        },
                        CancellationToken.None
                    )
                )
        );

        Assert.Equal(60, (await one.ConversationAsync()).VisitorId);
    }

    [Fact]
    public async Task Counts_made_on_both_nodes_add_up_though_the_first_must_make_the_row()
    {
        await using var one = await TemporaryPortal.OnPostgresAsync();
        await using var other = await one.SecondNodeAsync();
        var bots = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => one.BotAsync(appId: $"app {i}")));

        await Task.WhenAll(
            bots.SelectMany(b => Enumerable.Repeat(b, 5))
                .SelectMany(b => new[] { one, other }, (b, node) => node.Get<CountRejections>().CountAsync(b.Id, "signature_mismatch"))
        );

        var counts = await one.ReadAsync(db => db.Rejections.Select(r => r.Count).ToListAsync());
        Assert.Equal((8, 80), (counts.Count, counts.Sum()));
    }

    [Fact]
    public async Task What_is_stored_is_passed_over_while_its_conversation_is_written_to_and_taken_afterwards()
    {
        await using var one = await TemporaryPortal.OnPostgresAsync();
        await using var other = await one.SecondNodeAsync();
        var bot = await one.BotAsync();
        var conversation = await ConversationAsync(one, bot);
        await one.StoreAsync(bot, Webhook.Customer("m2", 1));
        await one.StoreAsync(bot, Webhook.Customer("elsewhere", 1, conversation: "another conversation"));
        var (writing, write) = (new TaskCompletionSource(), new TaskCompletionSource());
        var held = one.Store.WriteToAsync(
            conversation,
            async _ =>
            {
                writing.SetResult();
                await write.Task;
            },
            CancellationToken.None
        );
        await writing.Task;

        Assert.Equal(["elsewhere"], await TakeAsync(other));
        var waiting = TakeAsync(other);
        await WaitsAsync(one);
        Assert.False(waiting.IsCompleted);
        write.SetResult();

        Assert.Equal(["m2"], await waiting);
        await held;
    }

    [Fact]
    public async Task The_last_look_sees_what_another_node_is_about_to_take_and_neither_waits_in_a_circle()
    {
        await using var one = await TemporaryPortal.OnPostgresAsync();
        await using var other = await one.SecondNodeAsync();
        var bot = await one.BotAsync();
        var conversation = await ConversationAsync(one, bot);
        await one.StoreAsync(bot, Webhook.Agent("m2", 1));
        Task<List<string?>>? taking = null;

        var seen = await one.Store.WriteToAsync(
            conversation,
            async db =>
            {
                taking = TakeAsync(other);
                await WaitsAsync(one);
                var look = await db.TakeReceivedOfAsync(await db.Conversations.FirstAsync(c => c.Id == conversation), CancellationToken.None);
                foreach (var delivery in look)
                    delivery.Handle(null, delivery.ReceivedAt);
                return look.Select(d => d.MessageId).ToList();
            },
            CancellationToken.None
        );

        Assert.Equal(["m2"], seen);
        Assert.Empty(await taking!);
    }

    // A conversation with one message; what is stored later is not applied.
    private static async Task<long> ConversationAsync(TemporaryPortal portal, Bot bot)
    {
        await portal.StartAsync(nameof(Inbox));
        await portal.StoreAsync(bot, Webhook.Customer("m1", 0));
        await portal.ApplyAsync();
        return (await portal.ConversationAsync()).Id;
    }

    private static Task<List<string?>> TakeAsync(TemporaryPortal portal) =>
        portal.Store.WriteLockingAsync(
            async db =>
            {
                var taken = await db.TakeReceivedAsync(10, [], CancellationToken.None);
                foreach (var delivery in taken)
                    delivery.Handle(null, delivery.ReceivedAt);
                return taken.Select(d => d.MessageId).ToList();
            },
            CancellationToken.None
        );

    private static Task<int> WaitsAsync(TemporaryPortal portal) =>
        Eventually.Get(
            () =>
                portal.ReadAsync(db =>
                    db.Database.SqlQuery<int>(
                            $"""
                            select count(*)::int as "Value" from pg_locks where not granted and locktype = 'advisory'
                            and database = (select oid from pg_database where datname = current_database())
                            """
                        )
                        .SingleAsync()
                ),
            count => count > 0,
            "somebody waits"
        );
}
