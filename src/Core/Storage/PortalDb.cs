using Core.Bots;
using Core.Bots.Changes;
using Core.Bots.Checks;
using Core.Bots.Connecting;
using Core.Bots.Sites;
using Core.Conversations;
using Core.Requests;
using Core.Webhooks;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace Core.Storage;

/// <summary>
/// The portal's database, used directly. Abstract so that each database product keeps migrations of its own; times are stored as
/// Unix milliseconds, which every product orders and compares alike.
/// </summary>
public abstract class PortalDb(DbContextOptions options) : DbContext(options), IDataProtectionKeyContext
{
    /// <summary>Bots, with keys and site rules.</summary>
    public DbSet<Bot> Bots => Set<Bot>();

    /// <summary>What is being typed for drafts.</summary>
    public DbSet<TypedDraft> TypedDrafts => Set<TypedDraft>();

    /// <summary>Drafts that are being proved.</summary>
    public DbSet<Rehearsal> Rehearsals => Set<Rehearsal>();

    /// <summary>Event times of bots.</summary>
    public DbSet<BotActivity> BotActivity => Set<BotActivity>();

    /// <summary>What bots did, hour by hour.</summary>
    public DbSet<BotHour> BotHours => Set<BotHour>();

    /// <summary>Who changed what about bots.</summary>
    public DbSet<BotChange> BotChanges => Set<BotChange>();

    /// <summary>What the far sides said about bots when they were last asked.</summary>
    public DbSet<BotCheckup> Checkups => Set<BotCheckup>();

    /// <summary>Refused webhooks, counted.</summary>
    public DbSet<Rejection> Rejections => Set<Rejection>();

    /// <summary>Sites without a rule.</summary>
    public DbSet<UnknownSite> UnknownSites => Set<UnknownSite>();

    /// <summary>Stored webhooks.</summary>
    public DbSet<Delivery> Deliveries => Set<Delivery>();

    /// <summary>Customers' messages that wait for their turn or are part of one that runs.</summary>
    public IQueryable<Delivery> WaitingMessages => Deliveries.Where(d => d.Status == DeliveryStatus.Waiting);

    /// <summary>Customers' messages that their bot left alone because it was told to be silent.</summary>
    public IQueryable<Delivery> LeftInPause => Deliveries.Where(d => d.Reason == Reasons.BotPaused);

    /// <summary>Their bytes.</summary>
    public DbSet<DeliveryPayload> Payloads => Set<DeliveryPayload>();

    /// <summary>Conversations.</summary>
    public DbSet<Conversation> Conversations => Set<Conversation>();

    /// <summary>What was written in them.</summary>
    public DbSet<Message> Messages => Set<Message>();

    /// <summary>What decided about their owners.</summary>
    public DbSet<OwnershipEvent> OwnershipEvents => Set<OwnershipEvent>();

    /// <summary>Turns of the bots.</summary>
    public DbSet<Turn> Turns => Set<Turn>();

    /// <summary>Texts for customers.</summary>
    public DbSet<Reply> Replies => Set<Reply>();

    /// <summary>Hand-overs to people.</summary>
    public DbSet<HandOver> HandOvers => Set<HandOver>();

    /// <summary>Requests to the far sides.</summary>
    public DbSet<TurnCall> TurnCalls => Set<TurnCall>();

    /// <summary>The portal's own sign of life.</summary>
    public DbSet<Heartbeat> Heartbeats => Set<Heartbeat>();

    /// <summary>Questions the bots did not know.</summary>
    public DbSet<OpenQuestion> OpenQuestions => Set<OpenQuestion>();

    /// <summary>Writes of the management API that were answered once.</summary>
    public DbSet<IdempotentRequest> IdempotentRequests => Set<IdempotentRequest>();

    /// <inheritdoc />
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    /// <summary>
    /// Stores webhooks inside the running transaction. The unique index decides about copies: for each webhook true = new, false =
    /// known already, and counted on the first row (freshchat.md 9.4).
    /// </summary>
    public abstract Task<IReadOnlyList<bool>> InsertAsync(IReadOnlyList<StoredWebhook> webhooks, CancellationToken cancel);

    /// <summary>The oldest webhooks that have not been applied and that nobody else is applying now; they are this transaction's.</summary>
    /// <param name="most">How many at most.</param>
    /// <param name="except">Ids that are left alone.</param>
    /// <param name="cancel">Ends the reading.</param>
    public virtual Task<List<Delivery>> TakeReceivedAsync(int most, IReadOnlyCollection<long> except, CancellationToken cancel) =>
        Deliveries.Where(d => d.Status == DeliveryStatus.Received && !except.Contains(d.Id)).OrderBy(d => d.Id).Take(most).ToListAsync(cancel);

    /// <summary>As <see cref="TakeReceivedAsync"/>, of one conversation.</summary>
    public virtual Task<List<Delivery>> TakeReceivedOfAsync(Conversation conversation, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        return Deliveries
            .Where(d => d.Status == DeliveryStatus.Received && d.BotId == conversation.BotId && d.FreshchatConversationId == conversation.FreshchatId)
            .OrderBy(d => d.Id)
            .ToListAsync(cancel);
    }

    /// <summary>Renews every lease of a node.</summary>
    public virtual Task RenewLeasesAsync(string node, DateTimeOffset until, CancellationToken cancel) =>
        Conversations.Where(c => c.LeaseOwner == node).ExecuteUpdateAsync(row => row.SetProperty(c => c.LeaseUntil, until), cancel);

    /// <summary>Makes this transaction the only one that works on these conversations until it ends.</summary>
    public virtual Task LockAsync(IReadOnlyCollection<long> conversations, CancellationToken cancel) => Task.CompletedTask;

    /// <inheritdoc />
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        ArgumentNullException.ThrowIfNull(configurationBuilder);
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UnixMilliseconds>();
        configurationBuilder.Properties<Enum>().HaveConversion<string>().HaveMaxLength(40);
    }

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        ArgumentNullException.ThrowIfNull(modelBuilder);
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(PortalDb).Assembly);
    }
}
