using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Core.Webhooks;

/// <summary>Wakes the delivery worker when something has been committed; a ring while it is busy is not lost.</summary>
public sealed class DeliveryBell
{
    private readonly Channel<bool> _rings = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }
    );

    private readonly ConcurrentQueue<long> _woken = new();

    /// <summary>There is something to do in that conversation, although nothing has arrived for it.</summary>
    public void Ring(long conversationId)
    {
        _woken.Enqueue(conversationId);
        Ring();
    }

    /// <summary>The conversations named since the last time.</summary>
    public IReadOnlyList<long> Woken()
    {
        var woken = new List<long>();
        while (_woken.TryDequeue(out var conversation))
            woken.Add(conversation);
        return woken;
    }

    /// <summary>There is something to do.</summary>
    public void Ring() => _rings.Writer.TryWrite(true);

    /// <summary>Waits for the next ring.</summary>
    public ValueTask<bool> HeardAsync(CancellationToken cancel) => _rings.Reader.ReadAsync(cancel);
}
