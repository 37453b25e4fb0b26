using Microsoft.Extensions.Logging;
using Pushbell.Dispatch.Storage;

namespace Pushbell.Simulation.World;

/// <summary>Reads the product's log: an error is the store's outage, which was simulated, or a bug.</summary>
internal sealed class ErrorLog<T>(Violations violations) : ILogger<T>
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel) && exception is not StorageOutageException)
        {
            violations.Add("no surprises", formatter(state, exception) + "\n" + exception);
        }
    }
}
