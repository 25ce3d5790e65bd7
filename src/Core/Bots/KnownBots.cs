using System.Collections.Concurrent;
using System.Linq.Expressions;
using Core.Bots.Accounts;
using Core.Freshchat;
using Core.Mammut;
using Core.Security;
using Core.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Core.Bots;

/// <summary>
/// Bots as webhooks and turns need them, kept in memory: they change by an admin's hand, and are asked for with every message. What an
/// admin changes here is seen at once, what another node changes after seconds at the latest.
/// </summary>
public sealed class KnownBots : IDisposable
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, Known> _known = new();
    private readonly PortalStore _store;
    private readonly Secrets _secrets;
    private readonly MammutMode _mode;
    private readonly TimeProvider _clock;
    private readonly IDisposable _changes;
    private int _changed;

    /// <summary>Begins to listen for changes.</summary>
    public KnownBots(PortalStore store, Secrets secrets, ChangeFeed feed, IOptions<MammutOptions> options, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(feed);
        ArgumentNullException.ThrowIfNull(options);
        (_store, _secrets, _mode, _clock) = (store, secrets, options.Value.Mode, clock);
        _changes = feed.Subscribe(OnChange);
    }

    /// <summary>The bot with that webhook address, whatever its status.</summary>
    public async ValueTask<KnownBot?> ByWebhookIdAsync(string webhookId, CancellationToken cancel) =>
        await FindAsync("w:" + webhookId, b => b.WebhookId == webhookId, cancel);

    /// <summary>The live or paused bot of that account; without one, its only draft (freshchat.md 9.1).</summary>
    public async ValueTask<KnownBot?> ByAppIdAsync(string appId, CancellationToken cancel)
    {
        if (await FindAsync("a:" + appId, b => b.AppId == appId && (b.Status == BotStatus.Live || b.Status == BotStatus.Paused), cancel) is { } active)
            return active;
        await using var db = _store.Read();
        var drafts = await Whole(db).Where(b => b.AppId == appId && b.Status == BotStatus.Draft).Take(2).ToListAsync(cancel);
        return drafts is [var only] ? Make(only) : null;
    }

    /// <summary>The bot with that id.</summary>
    public async ValueTask<KnownBot> ByIdAsync(Guid id, CancellationToken cancel) =>
        await FindAsync("i:" + id, b => b.Id == id, cancel) ?? throw new InvalidOperationException($"There is no bot {id}.");

    /// <summary>Stops listening.</summary>
    public void Dispose() => _changes.Dispose();

    private async ValueTask<KnownBot?> FindAsync(string key, Expression<Func<Bot, bool>> which, CancellationToken cancel)
    {
        var now = _clock.GetUtcNow();
        if (_known.TryGetValue(key, out var known) && now - known.ReadAt < Fresh)
            return known.Bot;
        var before = Volatile.Read(ref _changed);
        await using var db = _store.Read();
        // What is not found is not kept either: addresses are cheap to guess.
        if (await Whole(db).FirstOrDefaultAsync(which, cancel) is not { } bot)
            return null;
        var found = Make(bot);
        _known[key] = new(found, now);
        // A change meanwhile may have been too late for this reading and too early for the line above.
        if (before != Volatile.Read(ref _changed))
            _known.TryRemove(key, out _);
        return found;
    }

    private static IQueryable<Bot> Whole(PortalDb db) => db.Bots.Include(b => b.Keys).Include(b => b.Sites.OrderBy(s => s.Position)).AsSplitQuery();

    private KnownBot Make(Bot bot) =>
        new(bot, bot.TokenRefusedAt is null ? BotAccount.Of(bot, _secrets).Value : null, (bot.Mode ?? _mode) is MammutMode.Relay);

    private void OnChange(Change change)
    {
        if (change.Kind is not ChangeKind.Settings)
            return;
        Interlocked.Increment(ref _changed);
        _known.Clear();
    }

    private sealed record Known(KnownBot Bot, DateTimeOffset ReadAt);
}

/// <summary>A bot as it was read; nobody changes it.</summary>
/// <param name="Bot">The bot with its keys and site rules.</param>
/// <param name="Account">Its Freshchat account; null when its token cannot be read, or was refused and not replaced.</param>
/// <param name="Relays">True when Mammut's cloud answers and the portal passes on what it receives (mammut.md 7).</param>
public sealed record KnownBot(Bot Bot, FreshchatAccount? Account, bool Relays);
