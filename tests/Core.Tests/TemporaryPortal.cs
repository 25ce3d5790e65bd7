using Core.Bots;
using Core.Conversations;
using Core.Freshchat;
using Core.Security;
using Core.Storage;
using Core.Webhooks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Support;

namespace Core.Tests;

/// <summary>Core as the product registers it, on a database of its own; nothing runs unless a test starts it.</summary>
internal sealed class TemporaryPortal : IAsyncDisposable
{
    public static readonly Actor Admin = new("ada", Role.Admin);
    public static readonly Actor Operator = new("olga", Role.Operator);
    public static readonly Actor Viewer = new("vera", Role.Viewer);

    private readonly TestDatabase database;
    private readonly bool owned;
    private readonly ServiceProvider services;
    private readonly List<IHostedService> running = [];

    private TemporaryPortal(TestDatabase database, bool owned, string farSide, TimeProvider? clock, (string Key, string Value)[] settings)
    {
        (this.database, this.owned) = (database, owned);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
        [
            new("Outbound:AllowHttpLoopback", "true"),
            new("Mammut:BaseUrl", farSide + "/mammut"),
            // A test checks when it asks.
            new("Checks:Every", "00:00:00"),
            .. settings.Select(s => KeyValuePair.Create<string, string?>(s.Key, s.Value)),
        ]);
        var collection = new ServiceCollection();
        collection.AddSingleton<IConfiguration>(configuration.Build());
        if (clock is not null)
            collection.AddSingleton(clock);
        collection.AddLogging();
        collection.AddSingleton(new WebhookAddress(() => "https://bots.example.test"));
        services = collection.AddCore(database.Provider, database.Connection).BuildServiceProvider();
        ChatUrl = farSide + "/v2";
    }

    public string ChatUrl { get; }

    public PortalStore Store => Get<PortalStore>();

    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    public static async Task<TemporaryPortal> OpenAsync(
        string farSide = "http://127.0.0.1:9",
        TimeProvider? clock = null,
        params (string Key, string Value)[] settings
    )
    {
        var portal = new TemporaryPortal(await TestDatabase.MakeAsync(), owned: true, farSide, clock, settings);
        Assert.True(await portal.Get<PrepareDatabase>().RunAsync(CancellationToken.None));
        return portal;
    }

    /// <summary>On PostgreSQL, whatever the run of the tests is on; a test that needs it is skipped where it is not installed.</summary>
    public static async Task<TemporaryPortal> OnPostgresAsync(string? connection = null)
    {
        Assert.SkipWhen(PostgresServer.Missing is not null, PostgresServer.Missing ?? "");
        var database = connection is null ? await TestDatabase.OnPostgresAsync() : TestDatabase.On(connection);
        return new TemporaryPortal(database, owned: true, "http://127.0.0.1:9", null, []);
    }

    /// <summary>Another process on the same database, which must be one that several may share.</summary>
    public async Task<TemporaryPortal> SecondNodeAsync(TimeProvider? clock = null, params (string Key, string Value)[] settings)
    {
        var node = new TemporaryPortal(database, owned: false, ChatUrl[..^"/v2".Length], clock, settings);
        Assert.True(await node.Get<PrepareDatabase>().RunAsync(CancellationToken.None));
        return node;
    }

    /// <summary>Starts the hosted services of these kinds; all of them without any.</summary>
    public async Task StartAsync(params string[] kinds)
    {
        foreach (var service in services.GetServices<IHostedService>().Where(s => kinds.Length == 0 || kinds.Contains(s.GetType().Name)))
        {
            await service.StartAsync(CancellationToken.None);
            running.Add(service);
        }
    }

    /// <summary>A bot as it stands after connecting.</summary>
    public async Task<Bot> BotAsync(Action<Bot>? change = null, string appId = "424b1fee-9709-4315-85d9-5954058b4714")
    {
        var bot = new Bot
        {
            Id = Guid.NewGuid(),
            Name = "freshbot",
            Status = BotStatus.Live,
            WebhookId = WebhookAddress.NewId(),
            ChatUrl = ChatUrl,
            AppId = appId,
            ProtectedToken = Get<Secrets>().Protect("example-token-not-a-secret-0042"),
            AgentId = "70ad2ccd-03bb-405b-a04f-14a7b6d801b2",
            GroupId = "d0e414d9-68ed-4851-9ae0-a30dfef64997",
            GroupName = "Mammut Bot Support team",
            MammutId = 730114,
        };
        change?.Invoke(bot);
        await AddAsync(bot);
        return bot;
    }

    /// <summary>Puts rows into the database as they are.</summary>
    public Task AddAsync(params IEnumerable<object> rows) =>
        Store.WriteAsync(
            db =>
            {
                db.AddRange(rows);
                return Task.CompletedTask;
            },
            CancellationToken.None
        );

    /// <summary>Stores a verified body the way the receiver does; needs the running inbox.</summary>
    public Task<StoreOutcome> StoreAsync(Bot bot, byte[] body, int retryCount = 0, string? signature = null)
    {
        Assert.True(FreshchatEvent.TryRead(body, out var read));
        var delivery = new Delivery
        {
            BotId = bot.Id,
            DedupKey = read.Message?.Id ?? Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(body)),
            Action = read.Action,
            Kind = read.Kind,
            FreshchatConversationId = read.ConversationId,
            MessageId = read.Message?.Id,
            ActorType = read.ActorType,
            EventTime = read.Time ?? Get<TimeProvider>().GetUtcNow(),
            ReceivedAt = Get<TimeProvider>().GetUtcNow(),
            RetryCount = retryCount,
        };
        return Get<Inbox>().StoreAsync(new(delivery, body) { ContentType = "application/json;charset=UTF-8", Signature = signature }, CancellationToken.None);
    }

    /// <summary>Applies everything that is stored.</summary>
    public async Task ApplyAsync()
    {
        while ((await Get<ApplyDeliveries>().NextAsync(CancellationToken.None)).Count > 0) { }
    }

    public async Task<T> ReadAsync<T>(Func<PortalDb, Task<T>> read)
    {
        await using var db = Store.Read();
        return await read(db);
    }

    public Task<Conversation> ConversationAsync() => ReadAsync(db => db.Conversations.SingleAsync());

    public async ValueTask DisposeAsync()
    {
        foreach (var service in Enumerable.Reverse(running))
            await service.StopAsync(CancellationToken.None);
        await services.DisposeAsync();
        if (owned)
            database.Dispose();
    }
}

/// <summary>Waits for what a user would notice, and says what was missing when it does not come.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static async Task<T> Get<T>(Func<Task<T>> read, Func<T, bool> wanted, string what)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var found = await read();
            if (wanted(found))
                return found;
            Assert.True(TimeProvider.System.GetElapsedTime(began) < Patience, $"Not in time: {what}; last seen: {found}");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, CancellationToken.None);
        }
    }
}
