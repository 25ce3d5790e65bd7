using Core.Bots;
using Core.Security;
using Core.Webhooks;
using Reliability.Tests.Model.FarSides;
using Reliability.Tests.Model.Portal;
using Reliability.Tests.Model.Schedules;
using Reliability.Tests.Model.Simulation;

namespace Reliability.Tests.Model;

/// <summary>A portal, its far sides and the time they share.</summary>
internal sealed class World
{
    private static readonly TimeSpan SenderGivesUp = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan HostWaits = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan AdminWaits = TimeSpan.FromSeconds(60);
    private const int MostNodes = 4;
    private static readonly Actor Admin = new("ada", Role.Admin);
    private static readonly int[] RetryAfterSeconds = [1, 2, 5, 10, 20];

    private readonly Template _template;
    private readonly TimeProvider _clock;
    private readonly string _connection;
    private readonly Random _chance = new(1);
    private readonly List<Node> _nodes = [];
    private readonly TimeSpan _down;
    private readonly TimeSpan _echo;
    private int _onTheWay;
    private int _taken;
    private int _messages;
    private bool _closed;

    public World(Template template, Schedule schedule, string connection)
    {
        (_template, _connection, _down, _echo) = (template, connection, schedule.Down, schedule.Echo);
        (Latency, PortalAhead, Cluster) = (schedule.Latency, schedule.PortalAhead, schedule.Cluster);
        Database = new(Time);
        _clock = Time.Clock();
        Watch = new(this);
        Freshchat = new(Time, schedule.FreshchatAhead, e => Guard(DeliverAsync(e)));
        Mammut = new(Time, Reactions.To);
        for (var number = 1; number <= Cluster.Nodes; number++)
            _nodes.Add(NewNode(number));
    }

    public SimulatedTime Time { get; } = new();
    public TimeSpan Latency { get; }
    public TimeSpan PortalAhead { get; }
    public Cluster Cluster { get; }
    public RealWork Database { get; }
    public int Seed { get; } = 1;
    public Faults Faults { get; } = new();
    public Watch Watch { get; }
    public FreshchatModel Freshchat { get; }
    public MammutModel Mammut { get; }
    public IReadOnlyList<Node> Nodes => _nodes;
    public Travel Travel { get; set; } = Travel.Straight;
    public int Tokens { get; set; } = 1;
    public int Restarts { get; private set; }
    public bool Quiet => _onTheWay == 0 && _nodes.TrueForAll(n => n is { Alive: true, Frozen: false });

    public Task PassAsync(TimeSpan time) => time > TimeSpan.Zero ? Task.Delay(time, _clock, CancellationToken.None) : Task.CompletedTask;

    public Answer Do(Request request)
    {
        var answer = request.Side is Side.Freshchat ? Freshchat.Do(request) : Mammut.Do(request);
        Watch.Done(request, answer);
        return answer;
    }

    public Chat Chat(int number) => Freshchat.Chats.FirstOrDefault(c => c.Number == number) ?? Freshchat.Open(number);

    public void CustomerAsks(int chat, Reaction reaction) => Freshchat.CustomerWrites(Chat(chat), Reactions.Text(++_messages, reaction));

    /// <summary>The node in that place, counted from one and then again from the first.</summary>
    public Node Node(int place) => _nodes[Math.Max(place - 1, 0) % _nodes.Count];

    public Task StartAsync() => Task.WhenAll(_nodes.Select(n => n.StartAsync()));

    /// <summary>An admin gives the portal the account's present token.</summary>
    public async Task SaveTokenAsync()
    {
        if (_nodes.Find(n => n is { Alive: true, Frozen: false }) is { } node)
            await Task.WhenAny(node.Get<ReplaceToken>().HandleAsync(Admin, _template.BotId, Freshchat.Token, CancellationToken.None), PassAsync(AdminWaits));
    }

    /// <summary>A stop as on SIGTERM: the portal has ten seconds.</summary>
    public async Task StopAsync(Node node)
    {
        if (!node.Alive || node.Frozen)
            return;
        var stopped = node.StopAsync();
        await Task.WhenAny(stopped, PassAsync(HostWaits));
        if (node.Alive)
            Watch.Broken("the portal did not stop in time");
        else if (stopped.IsCompleted)
            await stopped;
    }

    public async Task AddNodeAsync()
    {
        if (_nodes.Count == MostNodes)
            return;
        var node = NewNode(_nodes.Max(n => n.Number) + 1);
        _nodes.Add(node);
        await node.StartAsync();
    }

    /// <summary>It crashes, and only the last one comes back.</summary>
    public void KillNode(Node node)
    {
        if (_nodes.Count > 1)
            _nodes.Remove(node);
        node.Crash();
    }

    /// <summary>The process is gone; a new one comes up on the same database after a while.</summary>
    public void NodeEnded(Node node)
    {
        if (!_closed && _nodes.Contains(node))
            Guard(RestartAsync(node));
    }

    /// <summary>Whatever a node wants of its database takes its time until it gets there.</summary>
    public async Task ReachDatabaseAsync(Life life)
    {
        await PassAsync(Cluster.Slowness * _chance.NextDouble());
        await life.AwakeAsync();
    }

    /// <summary>The end of this world: its nodes are gone for good.</summary>
    public void Close()
    {
        _closed = true;
        _nodes.ForEach(n => n.Crash());
    }

    /// <summary>What runs beside the story must not fail unnoticed.</summary>
    public void Guard(Task task) =>
        task.ContinueWith(
            t => Watch.Broken($"the model itself failed: {t.Exception}"),
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted,
            TaskScheduler.Default
        );

    private Node NewNode(int number) => new(this, number, _template, _connection);

    private async Task RestartAsync(Node gone)
    {
        await PassAsync(_down);
        // Meanwhile it may have been killed for good.
        if (_closed || !_nodes.Contains(gone))
            return;
        Watch.Tell($"node {gone.Number} starts");
        Restarts++;
        var node = NewNode(gone.Number);
        _nodes[_nodes.IndexOf(gone)] = node;
        await node.StartAsync();
    }

    private async Task DeliverAsync(ChatEvent e)
    {
        _onTheWay++;
        var travel = e.Message?.Actor == FreshchatModel.BotAgent ? new Travel(_echo) : Travel;
        await PassAsync(travel.Delay);
        await UntilTakenAsync(e);
        if (travel.Copies > 0)
        {
            await PassAsync(travel.CopyAfter);
            await UntilTakenAsync(e);
        }
        _onTheWay--;
    }

    // Freshchat gives up after five retries; here it does not, so that everything is acknowledged in the end.
    private async Task UntilTakenAsync(ChatEvent e)
    {
        for (var attempt = 0; !await TakenAsync(e, attempt); attempt++)
            await PassAsync(TimeSpan.FromSeconds(RetryAfterSeconds[Math.Min(attempt, RetryAfterSeconds.Length - 1)]));
        Watch.Acknowledged(e);
    }

    private async Task<bool> TakenAsync(ChatEvent e, int attempt)
    {
        var webhook = new IncomingWebhook(e.Body, _template.Key.Sign(e.Body), attempt, "v2");
        var up = _nodes.FindAll(n => n.Alive);
        if (up.Count == 0)
            return false;
        var taken = up[_taken++ % up.Count].ReceiveAsync(_template.WebhookId, webhook);
        await Task.WhenAny(taken, PassAsync(SenderGivesUp));
        return taken.IsCompletedSuccessfully && await taken;
    }
}
