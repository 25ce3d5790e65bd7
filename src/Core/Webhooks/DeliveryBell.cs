using System.Threading.Channels;

namespace Core.Webhooks;

/// <summary>Wakes the delivery worker when something has been committed; a ring while it is busy is not lost.</summary>
public sealed class DeliveryBell
{
    private readonly Channel<bool> _rings = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }
    );

    /// <summary>There is something to do.</summary>
    public void Ring() => _rings.Writer.TryWrite(true);

    /// <summary>Waits for the next ring.</summary>
    public ValueTask<bool> HeardAsync(CancellationToken cancel) => _rings.Reader.ReadAsync(cancel);
}
