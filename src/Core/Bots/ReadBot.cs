using Core.Bots.Accounts;
using Core.Bots.Checks;
using Core.Bots.Sites;
using Core.Freshchat;
using Core.Mammut;
using Core.Outcomes;
using Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Core.Bots;

/// <summary>Reads a bot with everything that belongs to it, without secrets.</summary>
public sealed class ReadBot(PortalStore store, WebhookAddress address, Circuits circuits, MammutAddress mammut, SetAside aside, TimeProvider clock)
{
    /// <summary>The bot; asks nobody's leave, so only use cases that have may call it.</summary>
    public async Task<Result<BotView>> HandleAsync(Guid id, CancellationToken cancel)
    {
        await using var db = store.Read();
        var bot = await db.Bots.Include(b => b.Keys).Include(b => b.Sites).AsSplitQuery().FirstOrDefaultAsync(b => b.Id == id, cancel);
        if (bot is null)
            return BotErrors.NotFound;
        var activity = await db.BotActivity.FirstOrDefaultAsync(a => a.BotId == id, cancel);
        var rejected = await db.Rejections.Where(r => r.BotId == id).OrderByDescending(r => r.LastAt).ToListAsync(cancel);
        var around = new BotSurroundings(
            circuits.Of<FreshchatClient>(bot.ChatUrl),
            circuits.Of<MammutClient>(mammut.BaseUrl()),
            await DeadLetters.CountAsync(db, id, cancel),
            aside.CountOf(id),
            await EventsElsewhere.OfAsync(db, bot, activity?.LastEventAt, cancel)
        );
        var checkup = await db.Checkups.FirstOrDefaultAsync(c => c.BotId == id, cancel);
        return View(bot, activity, rejected, around, checkup) with { WaitingMessages = await db.WaitingMessages.CountAsync(d => d.BotId == id, cancel) };
    }

    private BotView View(Bot bot, BotActivity? activity, List<Rejection> rejected, BotSurroundings around, BotCheckup? checkup) =>
        new()
        {
            Id = bot.Id,
            Name = bot.Name,
            Status = bot.Status,
            DraftState = bot.DraftState,
            DraftErrorCode = bot.DraftErrorCode,
            WebhookUrl = address.Of(bot),
            SharedWebhookUrl = address.Shared,
            Freshchat = new(
                bot.ChatUrl,
                bot.AppId,
                bot.TokenHint,
                bot.AgentId,
                bot.AgentName,
                bot.GroupId,
                bot.GroupName,
                [.. bot.Keys.OrderBy(k => k.AddedAt).Select(k => new KeyView(k.Fingerprint, k.Bits, k.AddedAt))]
            ),
            Mammut = new() { MammutId = bot.MammutId, Mode = bot.Mode },
            Sites =
            [
                .. bot.Sites.OrderBy(s => s.Position)
                    .Select(s => new SiteRuleSettings { Source = s.Source, SiteId = s.SiteId, Context = s.Context }),
            ],
            DefaultContext = bot.DefaultContext,
            QuietWindow = bot.QuietWindow,
            Locale = bot.Locale,
            Policies = bot.Policies,
            Messages = bot.Messages,
            FirstEventAt = activity?.FirstEventAt,
            LastEventAt = activity?.LastEventAt,
            EventsElsewhere = around.Elsewhere,
            MammutUntold = bot.IsUntold,
            Health = BotHealth.Of(bot, activity, around, checkup, clock.GetUtcNow()),
            CheckedAt = checkup?.Version == bot.Version ? checkup.CheckedAt : null,
            Differences = checkup?.Version == bot.Version ? checkup.Differences : [],
            Rejected = [.. rejected.Select(r => new RejectionView(r.Code, r.Count, r.LastAt))],
            Version = bot.Version,
        };
}
