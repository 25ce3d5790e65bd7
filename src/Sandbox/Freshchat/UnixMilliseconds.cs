using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Sandbox.Freshchat;

/// <summary>Keeps instants as numbers, because SQLite cannot order by a date with an offset.</summary>
internal sealed class UnixMilliseconds()
    : ValueConverter<DateTimeOffset, long>(at => at.ToUnixTimeMilliseconds(), ms => DateTimeOffset.FromUnixTimeMilliseconds(ms));
