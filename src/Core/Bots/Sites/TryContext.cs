using Core.Mammut;
using Core.Outcomes;
using Core.Security;
using Core.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Core.Bots.Sites;

/// <summary>
/// Asks a bot a question in one context and tells what it says (mammut.md 9). For that it makes a visitor and a room of its own, which
/// belong to no customer: no conversation of the portal and nothing in Freshchat learns of it.
/// </summary>
public sealed class TryContext(MammutClient mammut, PortalStore store, IOptions<MammutOptions> options, TimeProvider clock) : IDisposable
{
    /// <summary>Longest question.</summary>
    public const int LongestQuestion = 2000;

    // Customers come first: whoever tries waits for other tries, not for them.
    private readonly SemaphoreSlim _atOnce = new(3);

    /// <summary>
    /// Asks (operator). Errors: <c>required</c>, <c>too_long</c>, <c>wrong_status</c>, <c>bot_not_in_mammut</c>, and <c>mammut_…</c> for what Mammut did not do;
    /// nothing is repeated. Cancelling ends the waiting; what has been said stays said.
    /// </summary>
    /// <param name="actor">Who tries.</param>
    /// <param name="botId">The bot.</param>
    /// <param name="question">What a customer would write.</param>
    /// <param name="context">Context to ask in; null = none.</param>
    /// <param name="cancel">Ends the waiting.</param>
    public async Task<Result<TriedAnswer>> HandleAsync(Actor actor, Guid botId, string? question, string? context, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (!actor.May(Role.Operator))
            return BotErrors.RoleTooLow(Role.Operator);
        var text = question?.Trim();
        if (string.IsNullOrEmpty(text))
            return BotErrors.Required("question");
        if (text.Length > LongestQuestion)
            return new Error("too_long", "question");
        var bot = await FindAsync(botId, cancel);
        if (!bot.Succeeded)
            return bot.Error;
        await _atOnce.WaitAsync(cancel);
        try
        {
            return await AskAsync(bot.Value, text, string.IsNullOrWhiteSpace(context) ? null : context.Trim(), cancel);
        }
        finally
        {
            _atOnce.Release();
        }
    }

    /// <inheritdoc />
    public void Dispose() => _atOnce.Dispose();

    private async Task<Result<(long MammutId, string? Locale)>> FindAsync(Guid botId, CancellationToken cancel)
    {
        await using var db = store.Read();
        var bot = await db.Bots.Where(b => b.Id == botId).Select(b => new { b.Status, b.MammutId, b.Locale }).FirstOrDefaultAsync(cancel);
        if (bot is null)
            return BotErrors.NotFound;
        if (bot.Status is BotStatus.Archived)
            return BotErrors.WrongStatus(bot.Status);
        return bot.MammutId is { } id ? (id, bot.Locale) : new Error("bot_not_in_mammut");
    }

    private async Task<Result<TriedAnswer>> AskAsync((long MammutId, string? Locale) bot, string question, string? context, CancellationToken cancel)
    {
        var began = clock.GetTimestamp();
        var visitor = await mammut.CreateVisitor(bot.Locale, cancel);
        if (!visitor.Succeeded)
            return BotErrors.Mammut(visitor.Failure);
        var room = await mammut.CreateRoom(visitor.Value, bot.MammutId, "Portal test", options.Value.Channel, context, cancel);
        if (!room.Succeeded)
            return BotErrors.Mammut(room.Failure);
        var now = clock.GetUtcNow();
        var said = await mammut.Say(visitor.Value, room.Value, question, now, cancel);
        if (!said.Succeeded)
            return BotErrors.Mammut(said.Failure);
        var heard = await ListenAsync(bot.MammutId, visitor.Value, room.Value, now, cancel);
        // Nobody will write here again; a room that is left halted would stay on somebody's list (mammut.md 8).
        if (heard.Value?.Known is false)
            await mammut.PostRemoveHaltedMark(bot.MammutId, room.Value, cancel);
        return heard.Succeeded ? heard.Value with { Took = clock.GetElapsedTime(began) } : heard.Error;
    }

    // As a turn listens, but only until the answer wait is over: an admin does not sit there for minutes (mammut.md 6.5).
    private async Task<Result<TriedAnswer>> ListenAsync(long botId, long visitorId, long roomId, DateTimeOffset saidAt, CancellationToken cancel)
    {
        var until = clock.GetUtcNow() + options.Value.AnswerWait;
        for (var (heard, quietSince) = (0, clock.GetUtcNow()); ; )
        {
            await Task.Delay(options.Value.PollInterval, clock, cancel);
            var read = await mammut.Thoughts(roomId, saidAt - options.Value.SinceMargin, cancel);
            var now = clock.GetUtcNow();
            if (!read.Succeeded)
            {
                if (!read.Failure.MayRepeat || now + (read.Failure.RetryAfter ?? TimeSpan.Zero) >= until)
                    return BotErrors.Mammut(read.Failure);
                await Task.Delay(read.Failure.RetryAfter ?? TimeSpan.Zero, clock, cancel);
                continue;
            }
            List<string> texts = [.. read.Value.Where(t => t.SenderId == botId).Select(t => t.Text).OfType<string>().Where(t => t.Length > 0)];
            var known = Issues.ToLearn(read.Value, botId, visitorId).Count == 0;
            if (texts.Count > heard)
                (heard, quietSince) = (texts.Count, now);
            if (!known || now >= until || (heard > 0 && now - quietSince >= options.Value.GraceWindow))
                return new TriedAnswer(texts, known, TimeSpan.Zero);
        }
    }
}

/// <summary>What a bot said when it was tried.</summary>
/// <param name="Texts">Its texts in order; empty with <paramref name="Known"/> = it said nothing in time.</param>
/// <param name="Known">False when it does not know: a customer would be handed over (mammut.md 8).</param>
/// <param name="Took">How long it took.</param>
public sealed record TriedAnswer(IReadOnlyList<string> Texts, bool Known, TimeSpan Took);
