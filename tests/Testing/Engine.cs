namespace Pushbell.Testing;

/// <summary>The engines that a suite can run on.</summary>
public enum Engine
{
    Sqlite,
    PostgreSql,
}
