using System.Text.Json;
using Core.Outcomes;
using Core.Security;
using Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Core.Bots.Connecting;

/// <summary>Keeps what is being typed into a wizard, as it is and encrypted, and gives it back to whoever goes on with the draft.</summary>
public sealed class KeepTyped(PortalStore store, Secrets secrets, SaveDraft saveDraft, ChangeFeed feed, TimeProvider clock)
{
    // Whole keys and long rules fit many times; what is larger is not typed.
    private const int Longest = 256 * 1024;

    /// <summary>Keeps everything typed; the first time it makes the draft. Tells the draft's id.</summary>
    /// <param name="actor">Who types.</param>
    /// <param name="id">The draft; null while there is none.</param>
    /// <param name="typed">What the fields hold.</param>
    /// <param name="writer">The open wizard, so that others know that it was not they.</param>
    /// <param name="cancel">Ends the writing.</param>
    public async Task<Result<Guid>> HandleAsync(Actor actor, Guid? id, TypedSettings typed, Guid writer, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(typed);
        if (!actor.May(Role.Admin))
            return BotErrors.RoleTooLow(Role.Admin);
        var text = JsonSerializer.Serialize(typed);
        if (text.Length > Longest)
            return new Error("too_long");
        if (id is not { } draft)
        {
            var made = await saveDraft.HandleAsync(actor, null, new(), cancel);
            if (!made.Succeeded)
                return made.Error;
            draft = made.Value.Id;
        }
        // Before the transaction: a new encryption key may have to be stored first.
        var sealedText = secrets.Protect(text);
        var kept = await store.WriteAsync(db => KeepAsync(db, draft, sealedText, typed.IsBlank, writer, cancel), cancel);
        if (kept is not null)
            return kept;
        feed.AnnounceEvents(draft);
        return draft;
    }

    /// <summary>What was typed and not saved, and by which wizard; null when there is nothing, or when it cannot be decrypted here.</summary>
    public async Task<(TypedSettings Typed, Guid Writer)?> ReadAsync(Actor actor, Guid id, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (!actor.May(Role.Admin))
            return null;
        await using var db = store.Read();
        if (await db.TypedDrafts.FirstOrDefaultAsync(t => t.BotId == id, cancel) is not { } kept || secrets.Reveal(kept.Protected) is not { } text)
            return null;
        return JsonSerializer.Deserialize<TypedSettings>(text) is { } typed ? (typed, kept.Writer) : null;
    }

    private async Task<Error?> KeepAsync(PortalDb db, Guid id, string sealedText, bool isBlank, Guid writer, CancellationToken cancel)
    {
        if (await db.Bots.FirstOrDefaultAsync(b => b.Id == id, cancel) is not { } bot)
            return BotErrors.NotFound;
        if (bot.Status is not BotStatus.Draft)
            return BotErrors.WrongStatus(bot.Status);
        // All of it was taken back, and nothing of it was ever saved: then nothing has been begun.
        if (isBlank && await TakeBackAsync(db, id, cancel))
            return null;
        if (await db.TypedDrafts.FirstOrDefaultAsync(t => t.BotId == id, cancel) is not { } kept)
            db.Add(kept = new() { BotId = id });
        (kept.Protected, kept.Writer, kept.At) = (sealedText, writer, clock.GetUtcNow());
        return null;
    }

    private static async Task<bool> TakeBackAsync(PortalDb db, Guid id, CancellationToken cancel)
    {
        await db.TypedDrafts.Where(t => t.BotId == id).ExecuteDeleteAsync(cancel);
        return !await BegunDrafts.Among(db, db.Bots.Where(b => b.Id == id)).AnyAsync(cancel);
    }
}
