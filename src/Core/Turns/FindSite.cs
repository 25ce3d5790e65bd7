using Core.Bots.Sites;
using Core.Freshchat;
using Core.Outcomes;
using Core.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;

namespace Core.Turns;

/// <summary>
/// Finds the context of a turn: what is known about the customer's site, against the bot's rules as they are now. A user that cannot
/// be read counts as no value and stops nothing (freshchat.md 13); a refused token is no such case: it holds the turn (mammut.md 6.6),
/// else the bot would be asked in the wrong context.
/// </summary>
internal sealed class FindSite(FreshchatClient freshchat, IMemoryCache users, TimeProvider clock)
{
    private static readonly TimeSpan UserFor = TimeSpan.FromMinutes(10);

    /// <summary>Notes site and context on the turn; <see cref="StepEnd.Held"/> when the token is refused.</summary>
    public async Task<StepEnd> HandleAsync(TurnWork work, CancellationToken cancel)
    {
        var (user, refused) = await UserAsync(work, cancel);
        if (refused)
            return StepEnd.Held;
        var evidence = new SiteEvidence(
            [.. ResolveContext.PropertyNames.SelectMany(name => user?.Properties?.Where(p => p.Name == name).Select(p => p.Value).OfType<string>() ?? [])],
            work.Conversation.ChannelId,
            user?.ReferenceId
        );
        var match = ResolveContext.Resolve(work.Bot.Sites, work.Bot.DefaultContext, evidence);
        var turn = work.Turn;
        (turn.Context, turn.SiteId, turn.SiteFoundIn, turn.SiteRulePosition) = (match.Context, match.SiteId, match.FoundIn, match.RulePosition);
        work.Conversation.Context = match.Context;
        // Written with the intent to speak.
        work.AlongWith.Add(db => KeepAsync(db, work, user, evidence, cancel));
        if (match.RulePosition is null)
            work.AlongWith.Add(db => RememberAsync(db, work, evidence, cancel));
        return StepEnd.Done;
    }

    private async Task<(FreshchatUser? User, bool Refused)> UserAsync(TurnWork work, CancellationToken cancel)
    {
        if (work.Conversation.UserId is not { } id || work.Account is null)
            return (null, false);
        if (users.TryGetValue<FreshchatUser>((work.Bot.Id, id), out var known))
            return (known, false);
        var read = await freshchat.GetUser(work.Account, id, cancel);
        work.Note("freshchat.user", read, clock.GetUtcNow());
        return read.Succeeded ? (users.Set((work.Bot.Id, id), read.Value, UserFor), false) : (null, read.Failure.Kind is FailureKind.Unauthorized);
    }

    // Whatever a customer's property holds, it must not keep the turn from being written.
    private static string Storable(string value)
    {
        var clean = value.Replace('\0', '\uFFFD');
        return clean.Length <= 200 ? clean : clean[..(char.IsHighSurrogate(clean[199]) ? 199 : 200)];
    }

    // For the admin who asks why: the rules may be others by then.
    private static async Task KeepAsync(PortalDb db, TurnWork work, FreshchatUser? user, SiteEvidence evidence, CancellationToken cancel)
    {
        var read = user is not null ? UserRead.Read : work.Conversation.UserId is null ? UserRead.Unnamed : UserRead.Failed;
        var kept = KeptEvidence.Of(evidence, read, SiteRules.Fingerprint(work.Bot.Sites, work.Bot.DefaultContext)).Write();
        await db.Database.ExecuteSqlAsync($"""update "Turns" set "SiteEvidence" = {kept} where "Id" = {work.Turn.Id}""", cancel);
    }

    private async Task RememberAsync(PortalDb db, TurnWork work, SiteEvidence evidence, CancellationToken cancel)
    {
        var (botId, conversation) = (work.Bot.Id, work.Conversation.Id);
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        foreach (var (source, value) in evidence.Values())
        {
            var (kind, cut) = (source.ToString(), Storable(value));
            await db.Database.ExecuteSqlAsync(
                $"""
                insert into "UnknownSites" ("BotId", "Source", "Value", "Count", "LastSeenAt", "ConversationId")
                    values ({botId}, {kind}, {cut}, 1, {now}, {conversation})
                on conflict ("BotId", "Source", "Value") do update set "Count" = "UnknownSites"."Count" + 1,
                    "LastSeenAt" = excluded."LastSeenAt", "ConversationId" = excluded."ConversationId"
                """,
                cancel
            );
        }
    }
}
