using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Core.Storage;

/// <summary>What an exception of the database means, whatever the product.</summary>
public static class StorageFaults
{
    private const int SqliteConstraint = 19;

    /// <summary>The database is not there now. A broken constraint is not that: waiting does not mend it.</summary>
    public static bool IsDown(Exception e) => Cause(e) is { } cause && !IsConstraint(cause);

    /// <summary>A rule of the database was broken, such as a unique index.</summary>
    public static bool IsBroken(Exception e) => Cause(e) is { } cause && IsConstraint(cause);

    private static DbException? Cause(Exception e) => (e is DbUpdateException ? e.InnerException : e) as DbException;

    // Class 23 of the SQL standard: integrity constraint violation.
    private static bool IsConstraint(DbException e) =>
        e is SqliteException { SqliteErrorCode: SqliteConstraint } || e.SqlState?.StartsWith("23", StringComparison.Ordinal) is true;
}
