namespace Pushbell.Testing;

/// <summary>
/// Dapper compiles each statement's parameters and rows anew for each connection string, of which a product has one and a suite hundreds:
/// here all databases of an engine count as one.
/// </summary>
internal sealed class EngineComparer : IEqualityComparer<string>
{
    public bool Equals(string? x, string? y) => EngineOf(x) == EngineOf(y);

    public int GetHashCode(string obj) => EngineOf(obj).GetHashCode();

    private static Engine EngineOf(string? connectionString) =>
        connectionString?.Contains("Data Source=", StringComparison.OrdinalIgnoreCase) == true ? Engine.Sqlite : Engine.PostgreSql;
}
