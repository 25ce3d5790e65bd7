using System.Data;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;

namespace Core.Storage.PostgreSql;

/// <summary>
/// PostgreSQL orders the writes of all nodes itself. Writes in general are serializable; those to conversations wait for each other at
/// <see cref="ConversationLocks"/> and see what was committed meanwhile. What was in the way of another transaction is run again.
/// </summary>
public sealed class PostgresStore(IDbContextFactory<PostgresPortalDb> factory, TimeProvider clock) : PortalStore
{
    /// <inheritdoc />
    public override bool ManyNodes => true;

    /// <inheritdoc />
    public override Task<T> WriteAsync<T>(Func<PortalDb, Task<T>> work, CancellationToken cancel) =>
        RunAsync(IsolationLevel.Serializable, work, cancel);

    /// <inheritdoc />
    public override Task<T> WriteToAsync<T>(long conversationId, Func<PortalDb, Task<T>> work, CancellationToken cancel) =>
        WriteLockingAsync(
            async db =>
            {
                await db.LockAsync([conversationId], cancel);
                return await work(db);
            },
            cancel
        );

    /// <inheritdoc />
    public override Task<T> WriteLockingAsync<T>(Func<PortalDb, Task<T>> work, CancellationToken cancel) =>
        RunAsync(IsolationLevel.ReadCommitted, work, cancel);

    /// <inheritdoc />
    public override async Task<IReadOnlyList<bool>> InsertAsync(Func<IReadOnlyList<StoredWebhook>> webhooks, CancellationToken cancel)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                await using var db = await factory.CreateDbContextAsync(cancel);
                return await db.InsertAsync(webhooks(), cancel);
            }
            // Whatever the first try has stored is found again by the second.
            catch (Exception e) when (PostgresFaults.MayRepeat(e, tries, committing: false))
            {
                await PauseAsync(tries, cancel);
            }
        }
    }

    /// <inheritdoc />
    protected override PortalDb Open() => factory.CreateDbContext();

    private async Task<T> RunAsync<T>(IsolationLevel isolation, Func<PortalDb, Task<T>> work, CancellationToken cancel)
    {
        for (var tries = 1; ; tries++)
        {
            var committing = false;
            try
            {
                await using var db = await factory.CreateDbContextAsync(cancel);
                db.Database.AutoSavepointsEnabled = false;
                await using var transaction = await db.Database.BeginTransactionAsync(isolation, cancel);
                var result = await work(db);
                await db.SaveChangesAsync(cancel);
                committing = true;
                await transaction.CommitAsync(CancellationToken.None);
                return result;
            }
            catch (Exception e) when (PostgresFaults.MayRepeat(e, tries, committing))
            {
                await PauseAsync(tries, cancel);
            }
        }
    }

    // At once the first time; then apart from whoever else was in the way, up to some 100 ms.
    private Task PauseAsync(int tries, CancellationToken cancel) =>
        tries == 1 ? Task.CompletedTask : Task.Delay(TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32(5, 5 + (1 << Math.Min(tries, 7)))), clock, cancel);
}
