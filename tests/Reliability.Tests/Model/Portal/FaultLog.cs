using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Reliability.Tests.Model.Portal;

/// <summary>An error in the log of a living portal is a bug: far sides that fail are warnings at most.</summary>
internal sealed class FaultLog(World world, Life life) : ILoggerProvider, ILogger
{
    // The database's own log calls a duplicate that the unique index refuses an error.
    public ILogger CreateLogger(string categoryName) =>
        categoryName.StartsWith("Core.", StringComparison.Ordinal) ? this : NullLogger.Instance;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error && !life.Over;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
            world.Watch.Broken($"logged as an error: {formatter(state, exception)} {exception}");
    }

    public void Dispose() { }
}
