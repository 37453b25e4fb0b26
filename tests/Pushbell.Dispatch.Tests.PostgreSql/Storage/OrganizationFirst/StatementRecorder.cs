using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;
using Npgsql;

namespace Pushbell.Dispatch.Tests.Storage.OrganizationFirst;

/// <summary>Every distinct statement that is sent to one database, as the driver reports it to who traces it: with its parameters' names.</summary>
internal sealed partial class StatementRecorder : IDisposable
{
    private readonly ConcurrentDictionary<string, bool> statements = new(StringComparer.Ordinal);
    private readonly ActivityListener listener;

    /// <param name="connectionString">Of the database; others in this process are not recorded.</param>
    public StatementRecorder(string connectionString)
    {
        var database = new NpgsqlConnectionStringBuilder(connectionString).Database;
        listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Npgsql",
            Sample = static (ref _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                if (activity.GetTagItem("db.namespace") as string == database && activity.GetTagItem("db.query.text") is string text)
                {
                    statements.TryAdd(Flatten(text), true);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
    }

    /// <summary>On one line each.</summary>
    public IReadOnlyList<string> Statements => [.. statements.Keys.Order(StringComparer.Ordinal)];

    public static string Flatten(string text) => Space().Replace(text, " ").Trim();

    public void Dispose() => listener.Dispose();

    [GeneratedRegex(@"\s+", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Space();
}
