namespace Reliability.Tests.Model.Portal;

/// <summary>The nodes of a portal: those that live, and those that are down for a while.</summary>
internal sealed class Nodes
{
    private const int Most = 4;

    private static readonly TimeSpan HostWaits = TimeSpan.FromSeconds(10);

    private readonly World _world;
    private readonly Func<int, Node> _make;
    private readonly TimeSpan _down;
    private readonly List<Node> _nodes;
    private bool _closed;

    /// <param name="world">Where they live.</param>
    /// <param name="make">Makes the node of a number.</param>
    /// <param name="down">How long a node is down after it ended.</param>
    public Nodes(World world, Func<int, Node> make, TimeSpan down)
    {
        (_world, _make, _down) = (world, make, down);
        _nodes = [.. Enumerable.Range(1, world.Cluster.Nodes).Select(make)];
    }

    public IEnumerable<Node> Up => _nodes.Where(n => n.Alive);

    public bool Quiet => _nodes.TrueForAll(n => n is { Alive: true, Frozen: false });

    public int Restarts { get; private set; }

    /// <summary>The node in that place, counted from one and then again from the first.</summary>
    public Node this[int place] => _nodes[Math.Max(place - 1, 0) % _nodes.Count];

    public Task StartAsync() => Task.WhenAll(_nodes.Select(n => n.StartAsync()));

    /// <summary>A stop as on SIGTERM: the node has ten seconds, unless it is frozen.</summary>
    public async Task StopAsync(Node node)
    {
        if (!node.Alive || node.Frozen)
            return;
        var stopped = node.StopAsync();
        await Task.WhenAny(stopped, _world.PassAsync(HostWaits));
        if (node is { Alive: true, Frozen: false })
            _world.Watch.Broken("the portal did not stop in time");
        else if (stopped.IsCompleted)
            await stopped;
    }

    public void Add()
    {
        if (_nodes.Count == Most)
            return;
        var node = _make(_nodes.Max(n => n.Number) + 1);
        _nodes.Add(node);
        // It may die before it has started.
        _world.Guard(node.StartAsync());
    }

    /// <summary>It crashes, and only the last one comes back.</summary>
    public void Kill(Node node)
    {
        if (_nodes.Count > 1)
            _nodes.Remove(node);
        node.Crash();
    }

    /// <summary>The process is gone; a new one comes up on the same database after a while.</summary>
    public void Ended(Node node)
    {
        if (!_closed && _nodes.Contains(node))
            _world.Guard(RestartAsync(node));
    }

    /// <summary>The end of the world: all are gone for good.</summary>
    public void Close()
    {
        _closed = true;
        _nodes.ForEach(n => n.Crash());
    }

    private async Task RestartAsync(Node gone)
    {
        await _world.PassAsync(_down);
        // Meanwhile it may have been killed for good.
        if (_closed || !_nodes.Contains(gone))
            return;
        _world.Watch.Tell($"node {gone.Number} starts");
        Restarts++;
        var node = _make(gone.Number);
        _nodes[_nodes.IndexOf(gone)] = node;
        await node.StartAsync();
    }
}
