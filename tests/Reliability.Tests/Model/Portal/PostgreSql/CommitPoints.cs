using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Reliability.Tests.Model.Portal.PostgreSql;

/// <summary>Lets a life end at a commit; one that is over commits nothing.</summary>
internal sealed class CommitPoints(Life life) : DbTransactionInterceptor
{
    public override ValueTask<InterceptionResult> TransactionCommittingAsync(
        DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default) =>
        life.EndsHere(after: false) ? throw new OperationCanceledException("The process is gone.") : new(result);

    public override Task TransactionCommittedAsync(
        DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        life.EndsHere(after: true);
        return Task.CompletedTask;
    }
}

/// <summary>What is read outside a transaction takes its turn like everything else; the connection is open as long as that takes.</summary>
internal sealed class Readings(World world, Life life) : DbConnectionInterceptor
{
    private readonly HashSet<DbConnection> _reading = [];

    public override async ValueTask<InterceptionResult> ConnectionOpeningAsync(
        DbConnection connection, ConnectionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        if (world.Database.Inside)
            return result;
        await world.ReachDatabaseAsync(life);
        await world.Database.BeginAsync();
        _reading.Add(connection);
        return result;
    }

    public override void ConnectionClosed(DbConnection connection, ConnectionEndEventData eventData) => End(connection);

    public override Task ConnectionClosedAsync(DbConnection connection, ConnectionEndEventData eventData)
    {
        End(connection);
        return Task.CompletedTask;
    }

    public override void ConnectionFailed(DbConnection connection, ConnectionErrorEventData eventData) => End(connection);

    public override Task ConnectionFailedAsync(DbConnection connection, ConnectionErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        End(connection);
        return Task.CompletedTask;
    }

    private void End(DbConnection connection)
    {
        if (_reading.Remove(connection))
            world.Database.End();
    }
}
