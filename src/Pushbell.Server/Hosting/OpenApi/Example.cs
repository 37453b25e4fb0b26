using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace Pushbell.Server.Hosting.OpenApi;

/// <summary>A body as it goes over the wire.</summary>
/// <param name="Name">Names it among the examples of a body.</param>
/// <param name="Summary">What it shows.</param>
/// <param name="Json">The body.</param>
internal sealed record Example(string Name, string Summary, string Json)
{
    /// <summary>As a media type of the document holds them.</summary>
    public static Dictionary<string, IOpenApiExample> Map(IEnumerable<Example> examples) =>
        examples.ToDictionary(
            example => example.Name,
            IOpenApiExample (example) => new OpenApiExample { Summary = example.Summary, Value = JsonNode.Parse(example.Json) },
            StringComparer.Ordinal
        );
}
