using Core.Webhooks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Core.Storage.PostgreSql;

/// <summary>
/// Passes changes on between nodes: what is committed here rings the bell and refreshes the pages there, and the other way round. A
/// message that is lost loses nothing, because every node also looks by itself.
/// </summary>
internal sealed partial class ListenForChanges : BackgroundService
{
    private const string Channel = "portal";
    private const int MostWaiting = 2_000;

    // Long enough that a busy conversation is told of ten times a second, not a hundred.
    private static readonly TimeSpan Together = TimeSpan.FromMilliseconds(100);

    // A node may die between storing a webhook and telling of it.
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private readonly string _node = Guid.CreateVersion7().ToString("N");
    private readonly Lock _lock = new();
    private readonly IDbContextFactory<PostgresPortalDb> _factory;
    private readonly ChangeFeed _feed;
    private readonly DeliveryBell _bell;
    private readonly TimeProvider _clock;
    private readonly ILogger<ListenForChanges> _log;
    private readonly IDisposable _changes;
    private HashSet<Change> _waiting = [];

    public ListenForChanges(
        IDbContextFactory<PostgresPortalDb> factory,
        ChangeFeed feed,
        DeliveryBell bell,
        TimeProvider clock,
        ILogger<ListenForChanges> log
    )
    {
        (_factory, _feed, _bell, _clock, _log) = (factory, feed, bell, clock, log);
        _changes = feed.Subscribe(OnChange);
    }

    public override void Dispose()
    {
        _changes.Dispose();
        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(ListenAsync(stoppingToken), EveryAsync(Together, SendAsync, stoppingToken), EveryAsync(LookEvery, LookAsync, stoppingToken));

    private void OnChange(Change change)
    {
        if (change.FromElsewhere)
            return;
        lock (_lock)
        {
            // While the database is gone they wait; then the bot alone is told of.
            if (_waiting.Count >= MostWaiting)
                change = change with { ConversationId = null };
            _waiting.Add(change);
        }
    }

    private async Task ListenAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await using var connection = await OpenAsync(stopping);
                connection.Notification += (_, message) => Hear(message.Payload);
                await using (var listen = new NpgsqlCommand($"listen {Channel}", connection))
                    await listen.ExecuteNonQueryAsync(stopping);
                while (true)
                    await connection.WaitAsync(stopping);
            }
            catch (Exception e) when (!stopping.IsCancellationRequested)
            {
                Deaf(e);
                await Task.Delay(LookEvery, _clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    // A connection of its own, which says by itself that it still lives.
    private async Task<NpgsqlConnection> OpenAsync(CancellationToken stopping)
    {
        await using var db = await _factory.CreateDbContextAsync(stopping);
        var settings = new NpgsqlConnectionStringBuilder(db.Database.GetConnectionString()) { Pooling = false, KeepAlive = 10 };
        var connection = new NpgsqlConnection(settings.ConnectionString);
        try
        {
            await connection.OpenAsync(stopping);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private void Hear(string message)
    {
        var changes = ChangeMessage.Read(message, _node).ToList();
        foreach (var change in changes)
            _feed.Announce(change);
        if (changes.Count > 0)
            _bell.Ring();
    }

    private async Task EveryAsync(TimeSpan period, Func<CancellationToken, Task> act, CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(period, _clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stopping))
                await act(stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Stopping.
        }
    }

    private Task LookAsync(CancellationToken stopping)
    {
        _bell.Ring();
        return Task.CompletedTask;
    }

    private async Task SendAsync(CancellationToken stopping)
    {
        HashSet<Change> changes;
        lock (_lock)
        {
            if (_waiting.Count == 0)
                return;
            (changes, _waiting) = (_waiting, []);
        }
        try
        {
            await using var db = await _factory.CreateDbContextAsync(stopping);
            // It need not survive a crash, so nobody waits for the disk.
            foreach (var message in ChangeMessage.Write(_node, changes))
                await db.Database.ExecuteSqlAsync($"select set_config('synchronous_commit', 'off', true), pg_notify({Channel}, {message})", stopping);
        }
        catch (Exception e) when (StorageFaults.IsDown(e))
        {
            foreach (var change in changes)
                OnChange(change);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Other nodes are not heard; the connection is opened again")]
    private partial void Deaf(Exception e);
}
