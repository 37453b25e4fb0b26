namespace Pushbell.KillHarness.Nodes;

/// <summary>Which program serves. Both lie beside the harness, since it is built on them.</summary>
/// <param name="Name">The executable's file name.</param>
/// <param name="Arguments">What makes it serve.</param>
internal sealed record NodeProgram(string Name, params IReadOnlyList<string> Arguments)
{
    /// <summary>The product as it is.</summary>
    public static readonly NodeProgram Pushbell = new("pushbell");

    /// <summary>The product with a push client that says "accepted" before it sends.</summary>
    public static readonly NodeProgram AcknowledgesBeforeSending = new("Pushbell.KillHarness", Broken.BrokenServer.Command);

    public string File => Path.Combine(AppContext.BaseDirectory, Name);
}
