using System.Globalization;
using Core.Bots.Checks;
using Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Core.Bots.Listing;

/// <summary>Which bots.</summary>
/// <param name="Status">Only these; null = all but archived ones.</param>
/// <param name="Search">Part of name, App ID or Mammut id.</param>
/// <param name="NeedsAttention">Only those with something wrong.</param>
public sealed record BotFilter(BotStatus? Status = null, string? Search = null, bool NeedsAttention = false)
{
    /// <summary>Those bots.</summary>
    /// <param name="db">Where to look.</param>
    /// <param name="attention">Knows which have something wrong.</param>
    /// <param name="dead">Bots with conversations that wait behind something given up.</param>
    internal IQueryable<Bot> Among(PortalDb db, BotAttention attention, List<Guid> dead)
    {
        var bots = Status is { } status ? db.Bots.Where(b => b.Status == status) : db.Bots.Where(b => b.Status != BotStatus.Archived);
        if (NeedsAttention)
            bots = attention.Among(db, bots, dead);
        return Named(bots);
    }

    /// <summary>Those that the search alone fits.</summary>
    internal IQueryable<Bot> Named(IQueryable<Bot> bots)
    {
        if (string.IsNullOrWhiteSpace(Search))
            return bots;
        var part = $"%{Search.Trim().Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)}%";
        var mammutId = long.TryParse(Search.Trim(), CultureInfo.InvariantCulture, out var number) ? number : -1;
        // SQLite's own comparison knows the case of a to z alone, PostgreSQL's none at all: the small letters are compared as well.
#pragma warning disable CA1304, CA1311, CA1862 // The database changes the case, not this process.
        var small = part.ToLowerInvariant();
        return bots.Where(b =>
            EF.Functions.Like(b.Name, part, "\\")
            || EF.Functions.Like(b.Name.ToLower(), small, "\\")
            || EF.Functions.Like(b.AppId.ToLower(), small, "\\")
            || b.MammutId == mammutId
        );
#pragma warning restore CA1304, CA1311, CA1862
    }
}
