using System.Collections.Concurrent;
using Core.Freshchat;
using Core.Mammut;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Core.Tests.Freshchat;

/// <summary>The clients as the product registers them, pointed at a far side, with everything logged kept.</summary>
internal sealed class Clients : IAsyncDisposable
{
    public const string Token = "example-token-not-a-secret-0042";

    private readonly ServiceProvider services;

    public Clients(FarSide side, TimeProvider? clock = null, params (string Key, string Value)[] settings)
        : this(side.Url, clock, settings) { }

    public Clients(string url, TimeProvider? clock = null, params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new("Outbound:AllowHttpLoopback", "true"), new("Mammut:BaseUrl", url + "/mammut")])
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create<string, string?>(setting.Key, setting.Value)));
        var collection = new ServiceCollection();
        collection.AddSingleton<IConfiguration>(configuration.Build());
        collection.AddSingleton(clock ?? TimeProvider.System);
        collection.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Log));
        services = collection.AddFreshchat().AddMammut().BuildServiceProvider();
        Account = new FreshchatAccount(url + "/v2", Token, "app-1");
    }

    public FreshchatAccount Account { get; }

    public KeptLog Log { get; } = new();

    public FreshchatClient Freshchat => services.GetRequiredService<FreshchatClient>();

    public AgentPictures Pictures => services.GetRequiredService<AgentPictures>();

    public MammutClient Mammut => services.GetRequiredService<MammutClient>();

    public ValueTask DisposeAsync() => services.DisposeAsync();
}

/// <summary>Keeps every line of every category, exceptions, scopes and values included.</summary>
internal sealed class KeptLog : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> lines = new();

    public string All => string.Join('\n', lines);

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull
    {
        lines.Enqueue($"{state}");
        return null;
    }

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lines.Enqueue($"{formatter(state, exception)} {exception}");
        foreach (var value in state as IEnumerable<KeyValuePair<string, object?>> ?? [])
            lines.Enqueue($"{value.Key} = {value.Value}");
    }

    public void Dispose() { }
}
