namespace Pushbell.Testing.Postgres;

/// <summary>Where a server runs.</summary>
/// <param name="Address">It listens there.</param>
/// <param name="Launcher">A program and its arguments that start there the program named behind them, as whoever asks.</param>
public sealed record PostgresPlace(string Address, params IReadOnlyList<string> Launcher)
{
    /// <summary>On this host, for nobody else.</summary>
    public static readonly PostgresPlace Here = new("127.0.0.1");
}
