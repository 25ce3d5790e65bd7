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
    private static readonly Actor Admin = new("ada", Role.Admin);
    private static readonly int[] RetryAfterSeconds = [1, 2, 5, 10, 20];

    private readonly Template _template;
    private readonly TimeProvider _clock;
    private readonly string _database;
    private readonly TimeSpan _down;
    private readonly TimeSpan _echo;
    private int _onTheWay;
    private int _messages;
    private bool _closed;

    public World(Template template, Schedule schedule, string database)
    {
        (_template, _database, _down, _echo) = (template, database, schedule.Down, schedule.Echo);
        (Latency, PortalAhead) = (schedule.Latency, schedule.PortalAhead);
        _clock = Time.Clock();
        Watch = new(this);
        Freshchat = new(Time, schedule.FreshchatAhead, e => Guard(DeliverAsync(e)));
        Mammut = new(Time, Reactions.To);
        Node = new(this, database);
    }

    public SimulatedTime Time { get; } = new();
    public TimeSpan Latency { get; }
    public TimeSpan PortalAhead { get; }
    public int Seed { get; } = 1;
    public Faults Faults { get; } = new();
    public Watch Watch { get; }
    public FreshchatModel Freshchat { get; }
    public MammutModel Mammut { get; }
    public Node Node { get; private set; }
    public Travel Travel { get; set; } = Travel.Straight;
    public int Tokens { get; set; } = 1;
    public int Lives { get; private set; } = 1;
    public bool Quiet => _onTheWay == 0 && Node.Alive;

    public Task PassAsync(TimeSpan time) => time > TimeSpan.Zero ? Task.Delay(time, _clock, CancellationToken.None) : Task.CompletedTask;

    public Answer Do(Request request)
    {
        var answer = request.Side is Side.Freshchat ? Freshchat.Do(request) : Mammut.Do(request);
        Watch.Done(request, answer);
        return answer;
    }

    public Chat Chat(int number) => Freshchat.Chats.FirstOrDefault(c => c.Number == number) ?? Freshchat.Open(number);

    public void CustomerAsks(int chat, Reaction reaction) => Freshchat.CustomerWrites(Chat(chat), Reactions.Text(++_messages, reaction));

    /// <summary>An admin gives the portal the account's present token.</summary>
    public async Task SaveTokenAsync()
    {
        if (Node.Alive)
            await Task.WhenAny(Node.Get<ReplaceToken>().HandleAsync(Admin, _template.BotId, Freshchat.Token, CancellationToken.None), PassAsync(AdminWaits));
    }

    /// <summary>A stop as on SIGTERM: the portal has ten seconds.</summary>
    public async Task StopAsync()
    {
        if (!Node.Alive)
            return;
        var (node, stopped) = (Node, Node.StopAsync());
        await Task.WhenAny(stopped, PassAsync(HostWaits));
        if (node.Alive)
            Watch.Broken("the portal did not stop in time");
        else if (stopped.IsCompleted)
            await stopped;
    }

    /// <summary>The process is gone; a new one comes up on the same database after a while.</summary>
    public void NodeEnded()
    {
        if (!_closed)
            Guard(RestartAsync());
    }

    /// <summary>The end of this world: its portal is gone for good.</summary>
    public void Close()
    {
        _closed = true;
        Node.Crash();
    }

    /// <summary>What runs beside the story must not fail unnoticed.</summary>
    public void Guard(Task task) =>
        task.ContinueWith(
            t => Watch.Broken($"the model itself failed: {t.Exception}"),
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted,
            TaskScheduler.Default
        );

    private async Task RestartAsync()
    {
        await PassAsync(_down);
        Watch.Tell("the portal starts");
        Lives++;
        Node = new(this, _database);
        await Node.StartAsync();
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
        var taken = Node.ReceiveAsync(_template.WebhookId, webhook);
        await Task.WhenAny(taken, PassAsync(SenderGivesUp));
        return taken.IsCompletedSuccessfully && await taken;
    }
}
