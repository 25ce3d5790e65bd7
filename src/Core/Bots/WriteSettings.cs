using Core.Bots.Connecting;
using Core.Bots.Sites;
using Core.Freshchat;
using Core.Security;

namespace Core.Bots;

/// <summary>Puts settings as written onto a bot; the one place that knows what null means on writing (portal.md 3).</summary>
internal static class WriteSettings
{
    public static void Onto(Bot bot, BotSettings settings, SealedToken? token, DateTimeOffset now)
    {
        var before = AtMammut(bot);
        Values(bot, settings);
        Sites(bot, settings.Sites, now);
        if (token is not null)
            Onto(bot, token);
        // Blank is not absent: it clears. A bot that is connected has refused it before.
        else if (settings.Freshchat.ApiToken is not null)
            (bot.ProtectedToken, bot.TokenHint, bot.TokenRefusedAt) = (null, null, null);
        if (settings.Freshchat.PublicKeys is { } keys)
            Keys(bot, keys, now);
        if (AtMammut(bot) != before)
            bot.ProvisionedAt = null;
        bot.Version++;
    }

    public static void Onto(Bot bot, SealedToken token) =>
        (bot.ProtectedToken, bot.TokenHint, bot.TokenRefusedAt) = (token.Protected, token.Hint, null);

    /// <summary>A bot with these settings that nobody saves, without token, keys and sites: for what is only shown.</summary>
    public static Bot Unsaved(BotSettings settings)
    {
        var bot = new Bot();
        Values(bot, settings);
        return bot;
    }

    private static void Values(Bot bot, BotSettings settings)
    {
        var freshchat = settings.Freshchat;
        bot.Name = settings.Name?.Trim() ?? "";
        bot.ChatUrl = freshchat.ChatUrl?.Trim() ?? "";
        bot.AppId = freshchat.AppId?.Trim() ?? "";
        bot.AgentId = freshchat.AgentId?.Trim() ?? "";
        bot.GroupName = string.IsNullOrWhiteSpace(freshchat.GroupName) ? null : freshchat.GroupName.Trim();
        bot.GroupId = null;
        // An id that was only typed can be taken back; one that Mammut has answered to stays, or a second bot would be created.
        var mammutId = settings.Mammut.MammutId ?? (bot.MammutIdConfirmed ? bot.MammutId : null);
        bot.MammutIdConfirmed = bot.MammutIdConfirmed && mammutId == bot.MammutId;
        bot.MammutId = mammutId;
        bot.Mode = settings.Mammut.Mode;
        bot.DefaultContext = string.IsNullOrWhiteSpace(settings.DefaultContext) ? null : settings.DefaultContext.Trim();
        bot.QuietWindow = settings.QuietWindow;
        bot.Locale = string.IsNullOrWhiteSpace(settings.Locale) ? null : settings.Locale.Trim();
        bot.Policies = settings.Policies ?? new();
        bot.Messages = settings.Messages ?? new();
    }

    private static (long?, (string?, string, string, string?)) AtMammut(Bot bot) => (bot.MammutId, ProvisionInMammut.Copy(bot));

    public static void Sites(Bot bot, IReadOnlyList<SiteRuleSettings> rules, DateTimeOffset now)
    {
        // A rule that stays keeps its age, whatever its place and context.
        var known = bot.Sites.ToLookup(r => (r.Source, r.SiteId), r => r.AddedAt);
        bot.Sites.Clear();
        bot.Sites.AddRange(
            rules.Select(
                (rule, index) =>
                    new SiteRule
                    {
                        BotId = bot.Id,
                        Position = index + 1,
                        Source = rule.Source,
                        SiteId = rule.SiteId.Trim(),
                        Context = rule.Context.Trim(),
                        AddedAt = known.Contains((rule.Source, rule.SiteId.Trim())) ? known[(rule.Source, rule.SiteId.Trim())].First() : now,
                    }
            )
        );
    }

    /// <summary>
    /// Encrypts the token that was written, if any. Before the transaction: a new encryption key may have to be stored first, on a
    /// connection of its own, and SQLite has one writer.
    /// </summary>
    public static SealedToken? Seal(string? apiToken, Secrets secrets)
    {
        if (string.IsNullOrWhiteSpace(apiToken))
            return null;
        var token = FreshchatAccount.CleanToken(apiToken);
        return new(secrets.Protect(token), Secrets.Hint(token));
    }

    private static void Keys(Bot bot, List<string> texts, DateTimeOffset now)
    {
        var keys = texts.Select(text => FreshchatKey.Read(text).Value).OfType<FreshchatKey>().DistinctBy(k => k.Fingerprint).ToList();
        bot.Keys.RemoveAll(known => keys.All(k => k.Fingerprint != known.Fingerprint));
        bot.Keys.AddRange(keys.Where(k => bot.Keys.All(known => known.Fingerprint != k.Fingerprint)).Select(k => New(bot, k, now)));
    }

    public static BotKey New(Bot bot, FreshchatKey key, DateTimeOffset now) =>
        new()
        {
            BotId = bot.Id,
            Spki = key.Spki,
            Fingerprint = key.Fingerprint,
            Bits = key.Bits,
            AddedAt = now,
        };
}

/// <summary>A token as it may be stored.</summary>
/// <param name="Protected">Encrypted.</param>
/// <param name="Hint">What may be shown of it.</param>
internal sealed record SealedToken(string Protected, string Hint);
