using Core.Bots;
using Core.Bots.Accounts;
using Core.Security;
using Core.Turns;
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
    private static readonly TimeSpan AdminWaits = TimeSpan.FromSeconds(60);
    private static readonly Actor Admin = new("ada", Role.Admin);
    private static readonly int[] RetryAfterSeconds = [1, 2, 5, 10, 20];

    private readonly Template _template;
    private readonly TimeProvider _clock;
    private readonly Random _chance = new(1);
    private readonly TimeSpan _echo;
    private int _onTheWay;
    private int _taken;
    private int _messages;

    public World(Template template, Schedule schedule, string connection)
    {
        (_template, _echo) = (template, schedule.Echo);
        (Latency, PortalAhead, Cluster) = (schedule.Latency, schedule.PortalAhead, schedule.Cluster);
        Database = new(Time);
        _clock = Time.Clock();
        Watch = new(this);
        Freshchat = new(Time, schedule.FreshchatAhead, e => Guard(DeliverAsync(e)));
        Mammut = new(Time, Reactions.To);
        Nodes = new(this, number => new(this, number, template, connection), schedule.Down);
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
    public Nodes Nodes { get; }
    public Travel Travel { get; set; } = Travel.Straight;
    public int Tokens { get; set; } = 1;
    public bool Quiet => _onTheWay == 0 && Nodes.Quiet;

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
        if (Nodes.Up.FirstOrDefault(n => !n.Frozen) is { } node)
            await Task.WhenAny(node.Get<ReplaceToken>().HandleAsync(Admin, _template.BotId, Freshchat.Token, CancellationToken.None), PassAsync(AdminWaits));
    }

    /// <summary>An admin has everything tried again that was given up, as the portal shows it to them.</summary>
    public async Task TryAgainAsync()
    {
        if (Nodes.Up.FirstOrDefault(n => !n.Frozen) is not { } node)
            return;
        Watch.Tell("-- an admin tries again what was given up");
        var dead = await node.Get<FindDeliveries>().ListAsync(Admin, new DeliveryFilter(Status: DeliveryStatus.Dead), 200, null, CancellationToken.None);
        foreach (var delivery in dead.Value!.Items)
            await Task.WhenAny(node.Get<ReplayDelivery>().HandleAsync(Admin, delivery.Id, CancellationToken.None), PassAsync(AdminWaits));
    }

    /// <summary>Whatever a node wants of its database takes its time until it gets there.</summary>
    public async Task ReachDatabaseAsync(Life life)
    {
        await PassAsync(Cluster.Slowness * _chance.NextDouble());
        await life.AwakeAsync();
    }

    /// <summary>What runs beside the story must not fail unnoticed.</summary>
    public void Guard(Task task) =>
        task.ContinueWith(
            t => Watch.Broken($"the model itself failed: {t.Exception}"),
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted,
            TaskScheduler.Default
        );

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
        var up = Nodes.Up.ToList();
        if (up.Count == 0)
            return false;
        Watch.Reached(e);
        var taken = up[_taken++ % up.Count].ReceiveAsync(_template.WebhookId, webhook);
        await Task.WhenAny(taken, PassAsync(SenderGivesUp));
        return taken.IsCompletedSuccessfully && await taken;
    }
}
