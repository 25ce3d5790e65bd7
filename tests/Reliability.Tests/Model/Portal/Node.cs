using Core;
using Core.Bots;
using Core.Freshchat;
using Core.Mammut;
using Core.Outcomes;
using Core.Storage;
using Core.Turns;
using Core.Webhooks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Polly;
using Reliability.Tests.Model.FarSides;

namespace Reliability.Tests.Model.Portal;

/// <summary>A portal process as the product composes it, without its web server: the real Core on a simulated clock and far sides.</summary>
internal sealed class Node
{
    private readonly World _world;
    private readonly Life _life;
    private readonly ServiceProvider _services;
    private readonly List<IHostedService> _running = [];

    /// <param name="world">Where it lives.</param>
    /// <param name="number">Which of the nodes it is.</param>
    /// <param name="template">What its database is.</param>
    /// <param name="connection">Where its database is.</param>
    public Node(World world, int number, Template template, string connection)
    {
        _world = world;
        _life = new(number, world, () => world.Nodes.Ended(this));
        var clock = world.Time.Clock(world.PortalAhead + world.Cluster.Skew * (number - 1), () => _life.Wakes);
        var chance = new Random(world.Seed + number);
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection([new("Mammut:BaseUrl", "https://mammut.example.test"), new("Checks:Every", "00:00:00")]).Build());
        services.AddSingleton(clock).AddLogging(log => log.AddProvider(new FaultLog(world, _life)));
        services.AddSingleton(new WebhookAddress(() => "https://bots.example.test"));
        services.AddCore(template.Provider, connection);
        template.Watch(services, world, _life);
        services.AddTransient(_ => new ResiliencePipelineBuilder { TimeProvider = clock });
        services.AddSingleton(new RateLimits(clock, chance.NextDouble));
        services.AddSingleton(s => new Persist(s.GetRequiredService<TurnRecord>(), s.GetRequiredService<IOptions<InboxOptions>>(), chance.NextDouble, clock));
        foreach (var (client, side) in new[] { (nameof(FreshchatClient), Side.Freshchat), (nameof(MammutClient), Side.Mammut) })
        {
            services.Configure<HttpClientFactoryOptions>(client, o =>
                o.HttpMessageHandlerBuilderActions.Add(b => b.PrimaryHandler = new Door(side, world, _life)));
            services.Configure<HttpStandardResilienceOptions>($"{client}-standard", o => o.Retry.Randomizer = chance.NextDouble);
        }
        _services = services.BuildServiceProvider();
    }

    public int Number => _life.Number;

    public bool Alive => !_life.Over;

    public bool Frozen => _life.Wakes > _world.Time.Now;

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public async Task StartAsync()
    {
        foreach (var service in _services.GetServices<IHostedService>())
        {
            await service.StartAsync(CancellationToken.None);
            _running.Add(service);
        }
    }

    /// <summary>A graceful stop, as the host makes it on SIGTERM.</summary>
    public async Task StopAsync()
    {
        foreach (var service in Enumerable.Reverse(_running))
            await service.StopAsync(CancellationToken.None);
        _life.End();
    }

    public void Crash() => _life.End();

    public void Freeze(TimeSpan time) => _life.Freeze(time);

    /// <summary>Waits until it is not frozen.</summary>
    public Task AwakeAsync() => _life.AwakeAsync();

    /// <summary>Another node tells of a change.</summary>
    public async Task HearAsync(Change change)
    {
        await _life.AwakeAsync();
        Get<ChangeFeed>().Announce(change);
        Get<DeliveryBell>().Ring();
    }

    public void CrashAtCommit(int skip, bool after) => _life.EndAtCommit(skip, after);

    /// <summary>Takes in a webhook; false when it was not acknowledged.</summary>
    public async Task<bool> ReceiveAsync(string webhookId, IncomingWebhook webhook)
    {
        if (_life.Over)
            return false;
        await _life.AwakeAsync();
        var receipt = await _services.GetRequiredService<ReceiveDelivery>().OnOwnAddressAsync(webhookId, webhook, CancellationToken.None);
        return !_life.Over && receipt.Answer is WebhookAnswer.Accepted;
    }
}
