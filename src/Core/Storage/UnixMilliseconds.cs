using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Core.Storage;

/// <summary>A time as Unix milliseconds, UTC: the precision of Freshchat's clock (freshchat.md 6).</summary>
public sealed class UnixMilliseconds()
    : ValueConverter<DateTimeOffset, long>(time => time.ToUnixTimeMilliseconds(), stored => DateTimeOffset.FromUnixTimeMilliseconds(stored));
