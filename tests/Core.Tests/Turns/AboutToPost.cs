using Core.Bots;
using Core.Conversations;
using Core.Freshchat;
using Core.Storage;
using Core.Tests.Freshchat;
using Core.Turns;
using Core.Webhooks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Reply = Core.Conversations.Reply;

namespace Core.Tests.Turns;

/// <summary>
/// One text that is about to be posted, in a portal whose workers stand still: the test says what happens at each look, and how long it takes.
/// </summary>
internal sealed class AboutToPost : IAsyncDisposable
{
    public const string Text = "Hasta las diez.";

    /// <summary>The number by which Freshchat may know the conversation, when it denies the GUID.</summary>
    public const string Number = "904417330215862";

    private readonly TemporaryPortal portal;
    private readonly Bot bot;
    private TurnWork work = null!;
    private PostReplies post = null!;

    private AboutToPost(FarSides far, TemporaryPortal portal, Bot bot) => (Far, this.portal, this.bot) = (far, portal, bot);

    public FarSides Far { get; }

    public OwnClock Clock { get; } = new();

    /// <summary>How often was asked whether it may be sent.</summary>
    public int Looks { get; private set; }

    /// <summary>Runs before a look reads, with its number: 1 = before there is a connection, 2 = on it, when no answer was old.</summary>
    public Func<int, Task> AtLook { get; set; } = _ => Task.CompletedTask;

    /// <summary>Where posts went, in order.</summary>
    public IEnumerable<string> Posts => Far.Requests.Where(IsReply).Select(r => r.Target);

    /// <param name="begun">An earlier run wrote down that it would send the text, and is gone.</param>
    /// <param name="manyNodes">Whether the database is one that several nodes share; only then a lease can be lost.</param>
    public static async Task<AboutToPost> PrepareAsync(bool begun = false, bool manyNodes = false)
    {
        var far = await FarSides.StartAsync();
        var portal = manyNodes ? await TemporaryPortal.OnPostgresAsync() : await TemporaryPortal.OpenAsync(far.Url);
        var prepared = new AboutToPost(far, portal, await portal.BotAsync(b => b.ChatUrl = far.Url + "/v2"));
        await portal.StartAsync(nameof(Inbox));
        await prepared.ArriveAsync(Webhook.Customer("m1", 0));
        await portal.ApplyAsync();
        await prepared.BeginAsync(begun ? ReplyState.Sending : ReplyState.Pending);
        return prepared;
    }

    public static bool IsReply(Seen request) => request.Method == "POST" && request.Target.EndsWith("/messages", StringComparison.Ordinal);

    public Task<StepEnd> PostAsync() => post.HandleAsync(work, CancellationToken.None);

    /// <summary>Stored and acknowledged, and not applied yet.</summary>
    public async Task ArriveAsync(byte[] body) => Assert.Equal(StoreOutcome.Stored, await portal.StoreAsync(bot, body));

    /// <summary>Another node works on the conversation from now on.</summary>
    public Task LoseLeaseAsync() => portal.ReadAsync(db => db.Database.ExecuteSqlAsync($"""update "Conversations" set "LeaseOwner" = 'another'"""));

    /// <summary>The text as it stands in the database.</summary>
    public Task<Reply> ReplyAsync() => portal.ReadAsync(db => db.Replies.SingleAsync());

    public async ValueTask DisposeAsync()
    {
        await portal.DisposeAsync();
        await Far.DisposeAsync();
    }

    private async Task BeginAsync(ReplyState state)
    {
        var options = portal.Get<IOptions<InboxOptions>>();
        var lease = new Lease(portal.Store, options, Clock);
        var record = new TurnRecord(new WatchedStore(portal.Store, Look), portal.Get<KnownBots>(), lease, portal.Get<ChangeFeed>(), options, Clock);
        var look = new LookForReply(portal.Get<FreshchatClient>(), portal.Store, record, Clock);
        post = new(portal.Get<FreshchatClient>(), portal.Get<ApplyDeliveries>(), look, record, lease, new(record, options, () => 0, Clock), Clock);

        await portal.ReadAsync(db => db.Database.ExecuteSqlAsync($"""update "Conversations" set "NumericId" = {Number}"""));
        var turn = new Turn
        {
            BotId = bot.Id,
            ConversationId = (await portal.ConversationAsync()).Id,
            Text = "hola",
            CreationDate = Webhook.Start,
            StartedAt = Clock.GetUtcNow(),
            Deadline = Clock.GetUtcNow().AddMinutes(2),
            Stage = TurnStage.Listening,
        };
        turn.Replies.Add(new() { ConversationId = turn.ConversationId, Text = Text, State = state });
        await portal.AddAsync(turn);
        Assert.True(await lease.TakeAsync(turn.ConversationId, CancellationToken.None));
        work = await record.ReadAsync(turn.Id, CancellationToken.None, CancellationToken.None);
        Looks = 0;
    }

    // In a thread of its own: whoever looks waits for it.
    private void Look()
    {
        var look = ++Looks;
        Task.Run(() => AtLook(look)).GetAwaiter().GetResult();
    }

    /// <summary>Its timestamps move when a test says so, and by a step with each that is taken; pauses end at once.</summary>
    internal sealed class OwnClock : TimeProvider
    {
        private long _now;

        /// <summary>What passes until the next timestamp.</summary>
        public TimeSpan Step { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Interlocked.Add(ref _now, Step.Ticks);

        public void Advance(TimeSpan by) => Interlocked.Add(ref _now, by.Ticks);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, dueTime > TimeSpan.Zero ? TimeSpan.Zero : dueTime, period);
    }

    // The portal's own, which tells of every reading before it begins.
    private sealed class WatchedStore(PortalStore store, Action reading) : PortalStore
    {
        public override bool ManyNodes => store.ManyNodes;

        public override Task<T> WriteAsync<T>(Func<PortalDb, Task<T>> work, CancellationToken cancel) => store.WriteAsync(work, cancel);

        public override Task<T> WriteToAsync<T>(long conversationId, Func<PortalDb, Task<T>> work, CancellationToken cancel) =>
            store.WriteToAsync(conversationId, work, cancel);

        public override Task<T> WriteLockingAsync<T>(Func<PortalDb, Task<T>> work, CancellationToken cancel) => store.WriteLockingAsync(work, cancel);

        public override Task<IReadOnlyList<bool>> InsertAsync(Func<IReadOnlyList<StoredWebhook>> webhooks, CancellationToken cancel) =>
            store.InsertAsync(webhooks, cancel);

        protected override PortalDb Open()
        {
            reading();
            return store.Read();
        }
    }
}
