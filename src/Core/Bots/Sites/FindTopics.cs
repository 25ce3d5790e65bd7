using Core.Bots.Accounts;
using Core.Freshchat;
using Core.Outcomes;
using Core.Security;
using Core.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;

namespace Core.Bots.Sites;

/// <summary>The topics of a bot's account, live: their ids are what rules name, their names are what people know (freshchat.md 5.4, 13).</summary>
public sealed class FindTopics(FreshchatClient freshchat, PortalStore store, Secrets secrets, IMemoryCache cache)
{
    // Long enough for a person who goes from page to page, short enough for one who has just made a topic.
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);

    /// <summary>Every topic, by name; disabled ones too, since old conversations may carry them.</summary>
    public async Task<Result<IReadOnlyList<ChannelView>>> HandleAsync(Actor actor, Guid botId, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (!actor.May(Role.Viewer))
            return BotErrors.RoleTooLow(Role.Viewer);
        await using var db = store.Read();
        if (await db.Bots.FirstOrDefaultAsync(b => b.Id == botId, cancel) is not { } bot)
            return BotErrors.NotFound;
        // Known by its token too: another one may belong to another account.
        var key = (typeof(FindTopics), bot.ChatUrl, bot.ProtectedToken);
        if (cache.TryGetValue<IReadOnlyList<ChannelView>>(key, out var known))
            return Result.Success(known!);
        var account = BotAccount.Of(bot, secrets);
        if (!account.Succeeded)
            return account.Error;
        var listed = await freshchat.ListChannels(account.Value, cancel);
        if (!listed.Succeeded)
            return BotErrors.Freshchat(listed.Failure);
        IReadOnlyList<ChannelView> topics =
        [
            .. listed.Value.Select(c => new ChannelView(c.Id, c.Name ?? "", c.Locale, c.Enabled is not false)).OrderBy(c => c.Name, StringComparer.OrdinalIgnoreCase),
        ];
        return Result.Success(cache.Set(key, topics, Fresh));
    }
}
