using Core.Storage;
using Core.Storage.PostgreSql;
using Microsoft.EntityFrameworkCore;

namespace Reliability.Tests.Model.Portal.PostgreSql;

/// <summary>
/// The store of one node of several. Its transactions and those of the other nodes run one after another; a dead node is told nothing,
/// a frozen one asks later. How transactions get on that run at the same time is for the crash test to show.
/// </summary>
internal sealed class StoreInTurn(IDbContextFactory<PostgresPortalDb> factory, World world, Life life) : PortalStore
{
    // The pauses of its repeats are a part of the work, for which simulated time stands still.
    private readonly PostgresStore _store = new(factory, TimeProvider.System);

    public override bool ManyNodes => _store.ManyNodes;

    public override Task<T> WriteAsync<T>(Func<PortalDb, Task<T>> work, CancellationToken cancel) => InTurnAsync(() => _store.WriteAsync(work, cancel));

    public override Task<T> WriteToAsync<T>(long conversationId, Func<PortalDb, Task<T>> work, CancellationToken cancel) =>
        InTurnAsync(() => _store.WriteToAsync(conversationId, work, cancel));

    public override Task<T> WriteLockingAsync<T>(Func<PortalDb, Task<T>> work, CancellationToken cancel) =>
        InTurnAsync(() => _store.WriteLockingAsync(work, cancel));

    public override Task<IReadOnlyList<bool>> InsertAsync(Func<IReadOnlyList<StoredWebhook>> webhooks, CancellationToken cancel) =>
        InTurnAsync(async () =>
        {
            // One statement, which is its own transaction.
            if (life.EndsHere(after: false))
                return [];
            var isNew = await _store.InsertAsync(webhooks, cancel);
            life.EndsHere(after: true);
            return isNew;
        });

    protected override PortalDb Open() => factory.CreateDbContext();

    private async Task<T> InTurnAsync<T>(Func<Task<T>> work)
    {
        await world.ReachDatabaseAsync(life);
        try
        {
            var result = await world.Database.DoAsync(work);
            if (!life.Over)
                return result;
        }
        catch (Exception) when (life.Over)
        {
            // Rolled back, as the server does for whoever is gone.
        }
        return await Life.Never<T>();
    }
}
