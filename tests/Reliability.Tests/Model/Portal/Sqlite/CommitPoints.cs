using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Reliability.Tests.Model.Portal.Sqlite;

/// <summary>Lets a life end at a commit, and keeps a dead one away from the database.</summary>
internal sealed class CommitPoints(Life life) : DbTransactionInterceptor
{
    public override ValueTask<InterceptionResult> TransactionCommittingAsync(
        DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default) =>
        life.EndsHere(after: false) ? new(Life.Never<InterceptionResult>()) : new(result);

    public override Task TransactionCommittedAsync(
        DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default) =>
        life.EndsHere(after: true) ? Life.Never<bool>() : Task.CompletedTask;
}

/// <summary>The connections of a life: closed by its end, opened no more after it.</summary>
internal sealed class Connections(Life life) : DbConnectionInterceptor
{
    public override InterceptionResult ConnectionOpening(DbConnection connection, ConnectionEventData eventData, InterceptionResult result) =>
        life.Over ? throw new OperationCanceledException("The process is gone.") : result;

    public override ValueTask<InterceptionResult> ConnectionOpeningAsync(
        DbConnection connection, ConnectionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default) =>
        life.Over ? new(Life.Never<InterceptionResult>()) : new(result);

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => life.ReleaseAtEnd(connection);

    public override Task ConnectionOpenedAsync(
        DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        life.ReleaseAtEnd(connection);
        return Task.CompletedTask;
    }

    public override void ConnectionClosed(DbConnection connection, ConnectionEndEventData eventData) => life.Forget(connection);

    public override Task ConnectionClosedAsync(DbConnection connection, ConnectionEndEventData eventData)
    {
        life.Forget(connection);
        return Task.CompletedTask;
    }
}
