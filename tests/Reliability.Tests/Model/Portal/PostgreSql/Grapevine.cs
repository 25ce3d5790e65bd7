using Core.Storage;
using Core.Webhooks;
using Microsoft.Extensions.Hosting;

namespace Reliability.Tests.Model.Portal.PostgreSql;

/// <summary>
/// What nodes tell each other, in place of the database's notifications: it takes a moment, and in some schedules all of it is lost.
/// Without it nodes still look every few seconds; the look in every second that the product adds would cost most of the model's time.
/// </summary>
internal sealed class Grapevine(World world, Life life, ChangeFeed feed, TimeProvider clock) : IHostedService, IDisposable
{
    private static readonly TimeSpan Together = TimeSpan.FromMilliseconds(100);

    private IDisposable? _changes;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (!world.Cluster.Deaf)
            _changes = feed.Subscribe(change =>
            {
                if (!change.FromElsewhere)
                    world.Guard(TellAsync(change with { FromElsewhere = true }));
            });
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose() => _changes?.Dispose();

    private async Task TellAsync(Change change)
    {
        await Task.Delay(Together, clock, CancellationToken.None);
        foreach (var other in world.Nodes.Up.Where(n => n.Number != life.Number).ToList())
            world.Guard(other.HearAsync(change));
    }
}
