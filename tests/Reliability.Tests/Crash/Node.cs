using Support;

namespace Reliability.Tests.Crash;

/// <summary>A portal that is killed and started again, at another address each time; the relay knows where.</summary>
internal sealed class Node(int number, Relay relay, IReadOnlyDictionary<string, string?> settings) : IAsyncDisposable
{
    private ServerProcess? _process;
    private readonly List<string> _said = [];

    /// <summary>Its number.</summary>
    public int Number => number;

    /// <summary>Where it listens, once it does.</summary>
    public Task<string> Listening { get; private set; } = Task.FromResult("");

    /// <summary>Everything that all its lives wrote to the console.</summary>
    public IEnumerable<string> Output => [.. _said, .. _process?.Output ?? []];

    /// <summary>Starts it and does not wait for it.</summary>
    public void Start()
    {
        _process = PortalProcess.Begin(settings);
        Listening = ListenAsync(_process);
    }

    /// <summary>SIGKILL.</summary>
    public async Task KillAsync()
    {
        if (_process is null)
            return;
        await _process.KillAsync();
        relay.Remove(number);
        _said.AddRange(_process.Output);
        await _process.DisposeAsync();
        _process = null;
        // A start that was killed is no failure of the start.
        await ((Task)Listening).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public async ValueTask DisposeAsync() => await KillAsync();

    private async Task<string> ListenAsync(ServerProcess process)
    {
        if (await process.Listening is not { } url)
            throw new InvalidOperationException($"Node {number} did not start:\n{string.Join('\n', process.Output)}");
        relay.Add(number, url);
        return url;
    }
}
