using System.Reflection;

namespace Pushbell.Testing;

/// <summary>Says which engine all tests of an assembly run on; SQLite where it is missing.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class TestEngineAttribute(Engine engine) : Attribute
{
    public Engine Engine => engine;

    /// <summary>That of the running test program.</summary>
    public static Engine Chosen { get; } = Assembly.GetEntryAssembly()?.GetCustomAttribute<TestEngineAttribute>()?.Engine ?? Engine.Sqlite;
}
