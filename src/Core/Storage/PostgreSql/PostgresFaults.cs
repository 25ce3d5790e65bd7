using Npgsql;

namespace Core.Storage.PostgreSql;

/// <summary>When a transaction is run once more.</summary>
internal static class PostgresFaults
{
    private const int MostTries = 10;
    private const int FewTries = 3;

    /// <summary>True when <paramref name="e"/> left nothing behind and the next try may succeed.</summary>
    /// <param name="e">What ended the try.</param>
    /// <param name="tries">How many there have been.</param>
    /// <param name="committing">The commit was under way: without an answer nobody knows whether it happened.</param>
    public static bool MayRepeat(Exception e, int tries, bool committing) =>
        Cause(e) switch
        {
            // Another transaction was in the way.
            PostgresException { SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected } => tries < MostTries,
            // Perhaps somebody stored it after we had looked: the work looks again. Else it fails again, for good.
            PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } => tries < FewTries,
            // The connection is gone, and with it the transaction.
            NpgsqlException { IsTransient: true } => tries < FewTries && !committing,
            _ => false,
        };

    private static NpgsqlException? Cause(Exception e) => e as NpgsqlException ?? e.InnerException as NpgsqlException;
}
