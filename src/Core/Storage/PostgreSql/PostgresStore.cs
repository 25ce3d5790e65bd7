using System.Data;
using System.Security.Cryptography;
using Core.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace Core.Storage.PostgreSql;

/// <summary>
/// PostgreSQL orders the writes of all nodes itself. Writes in general are serializable; writes to a conversation wait for each other
/// at a lock that carries its name. Whatever was in the way of another transaction is run again.
/// </summary>
public sealed class PostgresStore(IDbContextFactory<PostgresPortalDb> factory, TimeProvider clock) : PortalStore
{
    /// <inheritdoc />
    public override Task<T> WriteAsync<T>(Func<PortalDb, Task<T>> work, CancellationToken cancel) =>
        RunAsync(IsolationLevel.Serializable, work, cancel);

    /// <inheritdoc />
    public override Task<T> WriteToAsync<T>(long conversationId, Func<PortalDb, Task<T>> work, CancellationToken cancel) =>
        RunAsync(
            IsolationLevel.ReadCommitted,
            async db =>
            {
                await ConversationLocks.WaitAsync(db, conversationId, cancel);
                return await work(db);
            },
            cancel
        );

    /// <inheritdoc />
    public override async Task<T> TakeReceivedAsync<T>(
        int most,
        IReadOnlyCollection<long> except,
        Func<PortalDb, IReadOnlyList<Delivery>, Task<T>> work,
        CancellationToken cancel
    )
    {
        long? waitFor = null;
        while (true)
        {
            var (done, result) = await RunAsync(
                IsolationLevel.ReadCommitted,
                async db =>
                {
                    if (waitFor is { } conversation)
                        await ConversationLocks.WaitForAsync(db, conversation, cancel);
                    var oldest = await ConversationLocks.TakeAsync(db, most, except, cancel);
                    var taken = oldest.Where(d => d.Taken).Select(d => d.Id).ToList();
                    if (taken.Count == 0 && oldest.Count > 0)
                    {
                        // All of them are being written to elsewhere. Waits for the first, in a transaction that has nothing yet that
                        // others may wait for.
                        waitFor = oldest[0].Conversation;
                        return (false, default(T));
                    }
                    var deliveries = taken.Count == 0 ? [] : await Received(db, except).Where(d => taken.Contains(d.Id)).ToListAsync(cancel);
                    return (true, await work(db, deliveries));
                },
                cancel
            );
            if (done)
                return result!;
        }
    }

    /// <inheritdoc />
    public override async Task<IReadOnlyList<bool>> InsertAsync(IReadOnlyList<StoredWebhook> webhooks, CancellationToken cancel)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                await using var db = await factory.CreateDbContextAsync(cancel);
                return await db.InsertAsync(webhooks, cancel);
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
