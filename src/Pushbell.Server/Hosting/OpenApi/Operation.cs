using Microsoft.AspNetCore.Http.Metadata;

namespace Pushbell.Server.Hosting.OpenApi;

/// <summary>
/// What one route does, in words. It lies beside the route as metadata, where the framework finds the tag and the types through the
/// interfaces that it knows, and <see cref="OperationTransformer"/> the rest. A request never looks at it.
/// </summary>
/// <param name="Id">The operation id: the name of the call in a generated client.</param>
/// <param name="Tag">The group that it is listed in.</param>
/// <param name="Summary">One line.</param>
/// <param name="Description">More than the summary says, in Markdown.</param>
internal record Operation(string Id, string Tag, string Summary, string Description)
    : ITagsMetadata,
        IProducesResponseTypeMetadata
{
    /// <summary>The record of the good answer; null where it has no body.</summary>
    public required Type? Answer { get; init; }

    /// <summary>What the good answer is written as.</summary>
    public string ContentType { get; init; } = "application/json";

    /// <summary>What the good answer says.</summary>
    public required string AnswerDescription { get; init; }

    public IReadOnlyList<Example> AnswerExamples { get; init; } = [];

    /// <summary>Of the good answer.</summary>
    public int Status { get; init; } = StatusCodes.Status200OK;

    /// <summary>In the path and the query string.</summary>
    public IReadOnlyList<Parameter> Parameters { get; init; } = [];

    /// <summary>Statuses of refusals besides those that follow from the key, the body and the idempotency key.</summary>
    public IReadOnlyList<int> Refusals { get; init; } = [];

    /// <summary>The security scheme of a route that asks for no <see cref="KeyAccess"/>.</summary>
    public string? Security { get; init; }

    IReadOnlyList<string> ITagsMetadata.Tags => [Tag];

    Type? IProducesResponseTypeMetadata.Type => Answer ?? typeof(void);

    int IProducesResponseTypeMetadata.StatusCode => Status;

    IEnumerable<string> IProducesResponseTypeMetadata.ContentTypes => Answer is null ? [] : [ContentType];
}

/// <summary>An operation that reads a JSON body.</summary>
/// <inheritdoc cref="Operation"/>
internal sealed record OperationWithBody(string Id, string Tag, string Summary, string Description)
    : Operation(Id, Tag, Summary, Description),
        IAcceptsMetadata
{
    /// <summary>The record that the body is read into.</summary>
    public required Type Body { get; init; }

    public required IReadOnlyList<Example> BodyExamples { get; init; }

    /// <summary>A repetition with the same <c>Idempotency-Key</c> gets the first answer again.</summary>
    public bool TakesIdempotencyKey { get; init; }

    Type? IAcceptsMetadata.RequestType => Body;

    bool IAcceptsMetadata.IsOptional => false;

    /// <summary>None: routing would turn a wrong media type away by itself, before the key is checked and without our error body.</summary>
    IReadOnlyList<string> IAcceptsMetadata.ContentTypes => [];
}
