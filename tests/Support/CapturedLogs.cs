using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Support;

/// <summary>Keeps every line that a portal logs, with its scopes and exceptions.</summary>
public sealed class CapturedLogs : ILoggerProvider
{
    private readonly ConcurrentQueue<string> _lines = new();

    /// <summary>What was logged so far.</summary>
    public IReadOnlyList<string> Lines => [.. _lines];

    /// <summary>What was logged since the last time, which is kept no longer.</summary>
    public IReadOnlyList<string> Forget()
    {
        var lines = new List<string>();
        while (_lines.TryDequeue(out var line))
            lines.Add(line);
        return lines;
    }

    /// <inheritdoc />
    public ILogger CreateLogger(string categoryName) => new Logger(categoryName, _lines);

    /// <inheritdoc />
    public void Dispose() { }

    private sealed class Logger(string category, ConcurrentQueue<string> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            lines.Enqueue($"{category} scope {state}");
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue($"{logLevel} {category} {formatter(state, exception)} {exception}");
    }
}
