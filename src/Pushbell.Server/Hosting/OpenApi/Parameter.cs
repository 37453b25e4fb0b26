namespace Pushbell.Server.Hosting.OpenApi;

/// <summary>A value in the path, where the route names it, or in the query string, where it may always be left out.</summary>
/// <param name="Name">As the route or the query string names it.</param>
/// <param name="Description">What it does.</param>
internal sealed record Parameter(string Name, string Description)
{
    /// <summary>The values allowed; any when empty.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    /// <summary>What may stand there when it is a whole number.</summary>
    public WholeNumber? Number { get; init; }

    /// <summary>A format of JSON Schema, such as <c>email</c>.</summary>
    public string? Format { get; init; }
}

/// <param name="Least">The smallest allowed.</param>
/// <param name="Most">The largest allowed.</param>
/// <param name="Default">What holds when it is left out.</param>
internal sealed record WholeNumber(int Least, int Most, int Default);
