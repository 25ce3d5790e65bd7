using Core.Outcomes;
using Core.Storage;
using Microsoft.Extensions.Hosting;

namespace Core.Bots.Checks;

/// <summary>Tells open pages when a far side stops answering or is back, at once and not only when something has been given up.</summary>
internal sealed class TellOfOutages(Circuits circuits, ChangeFeed feed) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        circuits.Changed += Tell;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        circuits.Changed -= Tell;
        return Task.CompletedTask;
    }

    private void Tell() => feed.AnnounceEvents(Change.EveryBot);
}
