using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Pushbell.Dispatch.Accounts;
using Pushbell.Dispatch.Organizations;
using Pushbell.Server.Management;

namespace Pushbell.Server.Hosting.OpenApi;

/// <summary>Adds what the framework cannot read off a route: parameters, examples, the key asked for, headers and refusals.</summary>
internal sealed class OperationTransformer : IOpenApiOperationTransformer
{
    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var words = metadata.OfType<Operation>().Single();
        var access = metadata.OfType<KeyAccess>().SingleOrDefault();
        var isPages = metadata.OfType<TokenAccess>().Any() || access?.Kinds.Contains(KeyKind.Publishable) == true;
        var document = context.Document!;

        // Not an endpoint name: those must be unique among both APIs.
        operation.OperationId = words.Id;
        operation.Summary = words.Summary;
        operation.Description = words.Description + RoleOf(metadata, context.Description.RelativePath!);
        AddParameters(operation, words);
        AddExamples(operation, words);
        operation.Security =
        [
            .. SchemesOf(metadata, words, access).Select(scheme => new OpenApiSecurityRequirement
            {
                [new OpenApiSecuritySchemeReference(scheme, document)] = ScopesOf(access),
            }),
        ];
        var good = (OpenApiResponse)operation.Responses![Text(words.Status)];
        good.Description = words.AnswerDescription;
        AddHeaders(good, words, access, document);
        var isGuarded = access is not null || isPages || metadata.OfType<ManageAccess>().Any() || metadata.OfType<OpenToAll>().Any();
        foreach (var status in RefusalsOf(words, access, isGuarded, isPages))
        {
            operation.Responses[Text(status)] = new OpenApiResponseReference(RefusalText.NameOf(status), document);
        }

        return Task.CompletedTask;
    }

    private static void AddParameters(OpenApiOperation operation, Operation words)
    {
        operation.Parameters ??= [];
        foreach (var parameter in words.Parameters)
        {
            if (operation.Parameters.OfType<OpenApiParameter>().FirstOrDefault(known => known.Name == parameter.Name) is { } inPath)
            {
                inPath.Description = parameter.Description;
            }
            else
            {
                operation.Parameters.Add(
                    new OpenApiParameter
                    {
                        Name = parameter.Name,
                        In = ParameterLocation.Query,
                        Description = parameter.Description,
                        Schema = SchemaOf(parameter),
                    }
                );
            }
        }

        if (words is OperationWithBody { TakesIdempotencyKey: true })
        {
            operation.Parameters.Add(
                new OpenApiParameter
                {
                    Name = "Idempotency-Key",
                    In = ParameterLocation.Header,
                    Description =
                        "A key of your own, such as a UUID: repeating the request with it sends nothing a second time and gives the first answer again. "
                        + "1 to 255 printable ASCII characters without blanks.",
                    Schema = new OpenApiSchema
                    {
                        Type = JsonSchemaType.String,
                        Pattern = "^[!-~]{1,255}$",
                    },
                }
            );
        }
    }

    private static OpenApiSchema SchemaOf(Parameter parameter) =>
        parameter.Number is { } number
            ? new OpenApiSchema
            {
                Type = JsonSchemaType.Integer,
                Minimum = Text(number.Least),
                Maximum = Text(number.Most),
                Default = number.Default,
            }
            : new OpenApiSchema
            {
                Type = JsonSchemaType.String,
                Format = parameter.Format,
                Enum = [.. parameter.Values.Select(value => (JsonNode)value)],
            };

    private static void AddExamples(OpenApiOperation operation, Operation words)
    {
        if (words.AnswerExamples.Count > 0)
        {
            operation.Responses![Text(words.Status)].Content![words.ContentType].Examples = Example.Map(words.AnswerExamples);
        }

        if (words is OperationWithBody withBody)
        {
            operation.RequestBody!.Content!["application/json"].Examples = Example.Map(withBody.BodyExamples);
        }
    }

    private static void AddHeaders(OpenApiResponse good, Operation words, KeyAccess? access, OpenApiDocument document)
    {
        if (access is { Limit: not Hosting.RateLimit.None })
        {
            Headers.Reference(good, document, Headers.RateLimit, Headers.RateLimitPolicy);
        }

        if (words is OperationWithBody { TakesIdempotencyKey: true })
        {
            Headers.Reference(good, document, Headers.IdempotencyReplayed);
        }
    }

    /// <summary>In ascending order: what the gate, the body reader and idempotency refuse with, what the operation itself adds, and 5xx.</summary>
    private static SortedSet<int> RefusalsOf(Operation words, KeyAccess? access, bool isGuarded, bool isPages)
    {
        var statuses = new SortedSet<int>(words.Refusals)
        {
            StatusCodes.Status401Unauthorized,
            StatusCodes.Status500InternalServerError,
            StatusCodes.Status503ServiceUnavailable,
        };
        if (isGuarded)
        {
            statuses.Add(StatusCodes.Status403Forbidden);
        }

        if (access is { Limit: not Hosting.RateLimit.None } || isPages)
        {
            statuses.Add(StatusCodes.Status429TooManyRequests);
        }

        if (words is OperationWithBody body)
        {
            statuses.UnionWith([StatusCodes.Status400BadRequest, StatusCodes.Status413PayloadTooLarge, StatusCodes.Status415UnsupportedMediaType]);
            statuses.UnionWith(body.TakesIdempotencyKey ? [StatusCodes.Status409Conflict, StatusCodes.Status422UnprocessableEntity] : []);
        }

        return statuses;
    }

    /// <summary>Each of them will do; none of them: the route is open.</summary>
    private static string[] SchemesOf(IList<object> metadata, Operation words, KeyAccess? access) =>
        metadata.OfType<OpenToAll>().Any() ? []
        : metadata.OfType<AccountOnly>().Any() ? [ManageReference.Session]
        : metadata.OfType<ManageAccess>().Any() ? [ManageReference.Session, ManageGate.KeyHeader]
        : [access?.Header ?? words.Security!];

    /// <summary>Roles are an organization's: outside of one there are none.</summary>
    private static string RoleOf(IList<object> metadata, string path) =>
        metadata.OfType<OperatorOnly>().Any() ? "\n\nFor operators of the installation."
        : metadata.OfType<ManageAccess>().SingleOrDefault() is { Least: var least } && path.Contains("{organization_id}", StringComparison.Ordinal)
            ? $"\n\nRole: {RoleNames.Of(least)}."
        : "";

    /// <summary>For schemes that are not OAuth the list names what a key must be allowed to do (OpenAPI 3.1 §4.8.30).</summary>
    private static List<string> ScopesOf(KeyAccess? access) => access is { Scope.Length: > 0 } ? [access.Scope] : [];

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
