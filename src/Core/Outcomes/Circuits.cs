using System.Collections.Concurrent;
using Microsoft.Extensions.Http.Resilience;
using Polly;

namespace Core.Outcomes;

/// <summary>
/// Which hosts this process asks nothing for the moment because they failed too often. Each client has one circuit per host; a host
/// that nobody asks after the pause keeps the last state that is known of it.
/// </summary>
public sealed class Circuits
{
    private readonly ConcurrentDictionary<(Type Client, string Authority), CircuitState> _states = new();

    /// <summary>The circuit of <typeparamref name="TClient"/> to the host of that address; closed when it was never called or the address is none.</summary>
    public CircuitState Of<TClient>(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && _states.TryGetValue((typeof(TClient), Authority(uri)), out var state)
            ? state
            : CircuitState.Closed;

    /// <summary>Raised after the circuit to any host has opened or closed; from any thread, and must not block.</summary>
    public event Action? Changed;

    /// <summary>Hosts that <typeparamref name="TClient"/> asks nothing, or only now and then to see whether they are back: scheme, host and port.</summary>
    public IReadOnlyList<string> Down<TClient>() =>
        [.. _states.Where(known => known.Key.Client == typeof(TClient) && known.Value is not CircuitState.Closed).Select(known => known.Key.Authority)];

    /// <summary>Notes every change of the circuits of <typeparamref name="TClient"/>.</summary>
    internal void Watch<TClient>(HttpCircuitBreakerStrategyOptions options)
    {
        options.OnOpened = change => NoteAsync<TClient>(change.Context, CircuitState.Open);
        options.OnHalfOpened = change => NoteAsync<TClient>(change.Context, CircuitState.HalfOpen);
        options.OnClosed = change => NoteAsync<TClient>(change.Context, CircuitState.Closed);
    }

    private ValueTask NoteAsync<TClient>(ResilienceContext context, CircuitState state)
    {
        if (context.GetRequestMessage()?.RequestUri is { } uri)
        {
            _states[(typeof(TClient), Authority(uri))] = state;
            Changed?.Invoke();
        }
        return ValueTask.CompletedTask;
    }

    private static string Authority(Uri uri) => uri.GetLeftPart(UriPartial.Authority);
}

/// <summary>State of the circuit to a host.</summary>
public enum CircuitState
{
    /// <summary>Requests go through.</summary>
    Closed,

    /// <summary>No request is made for a while.</summary>
    Open,

    /// <summary>One request tries whether the host is back.</summary>
    HalfOpen,
}
