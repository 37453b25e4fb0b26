using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.WebUtilities;

namespace Pushbell.Server.Hosting.OpenApi;

/// <summary>What one API says of itself as a whole; its document is served at <c>/openapi/{Name}.json</c>.</summary>
/// <param name="Name">Of the document, such as <c>v2</c>.</param>
/// <param name="Path">Where its routes begin.</param>
internal sealed record ApiDocument(string Name, string Path)
{
    public required string Title { get; init; }

    /// <summary>In Markdown.</summary>
    public required string Description { get; init; }

    /// <summary>The groups of operations in their order, with their descriptions.</summary>
    public required IReadOnlyList<(string Name, string Description)> Tags { get; init; }

    /// <summary>Headers that carry a key, with their descriptions: the names that <see cref="KeyAccess.Header"/> gives.</summary>
    public required IReadOnlyList<(string Header, string Description)> Keys { get; init; }

    /// <summary>Cookies that hold a session: the scheme's name, the cookie's, and a description.</summary>
    public IReadOnlyList<(string Name, string Cookie, string Description)> Cookies { get; init; } = [];

    /// <summary>Bearer tokens that <see cref="Operation.Security"/> names, with their descriptions.</summary>
    public IReadOnlyList<(string Name, string Description)> Tokens { get; init; } = [];

    /// <summary>The record of every refusal.</summary>
    public required Type Error { get; init; }

    /// <summary>Every status that a route of this API may refuse with.</summary>
    public required IReadOnlyList<RefusalText> Refusals { get; init; }

    /// <summary>Knows the records of the API.</summary>
    public required IJsonTypeInfoResolver Json { get; init; }
}

/// <summary>A refusal in words.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Description">When it comes.</param>
/// <param name="Examples">Bodies.</param>
internal sealed record RefusalText(int Status, string Description, params IReadOnlyList<Example> Examples)
{
    /// <summary>What it is called among the document's components.</summary>
    public string Name => NameOf(Status);

    public static string NameOf(int status) => ReasonPhrases.GetReasonPhrase(status).Replace(" ", "", StringComparison.Ordinal);
}
