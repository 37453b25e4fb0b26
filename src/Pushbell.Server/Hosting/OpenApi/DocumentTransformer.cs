using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Pushbell.Server.Hosting.OpenApi;

/// <summary>Adds what an API says of itself as a whole: its words, its keys, its headers and its refusals.</summary>
internal sealed class DocumentTransformer(ApiDocument api) : IOpenApiDocumentTransformer
{
    public async Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = api.Title,
            Description = api.Description,
            Version = api.Name,
        };
        // Relative to the document itself: whatever host it was fetched from.
        document.Servers = [new OpenApiServer { Url = "/", Description = "The server that this document came from." }];
        document.Tags = api.Tags.Select(tag => new OpenApiTag { Name = tag.Name, Description = tag.Description }).ToHashSet();

        document.AddComponent(api.Error.Name, await context.GetOrCreateSchemaAsync(api.Error, cancellationToken: cancellationToken));
        foreach (var schema in document.Components!.Schemas!.Values.OfType<OpenApiSchema>())
        {
            DescribeReferences(schema);
        }

        AddSecurity(document);
        AddHeaders(document);
        foreach (var refusal in api.Refusals)
        {
            document.AddComponent<IOpenApiResponse>(refusal.Name, ResponseOf(refusal, document));
        }
    }

    /// <summary>
    /// A record that may be null is "null or a reference", its description hidden inside the reference: it goes to where readers look
    /// for it. One that is required is never null.
    /// </summary>
    private static void DescribeReferences(OpenApiSchema schema)
    {
        foreach (var (name, property) in schema.Properties?.ToArray() ?? [])
        {
            if (property is not OpenApiSchema { OneOf: [_, OpenApiSchemaReference reference] } nullable)
            {
                continue;
            }

            if (schema.Required?.Contains(name) == true)
            {
                schema.Properties![name] = reference;
            }
            else
            {
                nullable.Description = reference.Description;
                reference.Description = null;
            }
        }
    }

    private void AddSecurity(OpenApiDocument document)
    {
        foreach (var (header, description) in api.Keys)
        {
            document.AddComponent<IOpenApiSecurityScheme>(
                header,
                new OpenApiSecurityScheme
                {
                    Type = SecuritySchemeType.ApiKey,
                    In = ParameterLocation.Header,
                    Name = header,
                    Description = description,
                }
            );
        }

        foreach (var (name, cookie, description) in api.Cookies)
        {
            document.AddComponent<IOpenApiSecurityScheme>(
                name,
                new OpenApiSecurityScheme
                {
                    Type = SecuritySchemeType.ApiKey,
                    In = ParameterLocation.Cookie,
                    Name = cookie,
                    Description = description,
                }
            );
        }

        foreach (var (name, description) in api.Tokens)
        {
            document.AddComponent<IOpenApiSecurityScheme>(
                name,
                new OpenApiSecurityScheme
                {
                    Type = SecuritySchemeType.Http,
                    Scheme = "bearer",
                    Description = description,
                }
            );
        }
    }

    private static void AddHeaders(OpenApiDocument document)
    {
        Add(Headers.RateLimit, "What is left of the limit: how many requests (`r`), and in how many seconds the next place is free (`t`).", JsonSchemaType.String);
        Add(Headers.RateLimitPolicy, "The limit of the key: how many requests (`q`) in a window of how many seconds (`w`).", JsonSchemaType.String);
        Add(Headers.RetryAfter, "Seconds after which trying again can succeed.", JsonSchemaType.Integer);
        Add(Headers.IdempotencyReplayed, "`true` when this is the answer of an earlier request with the same Idempotency-Key.", JsonSchemaType.String);

        void Add(string name, string description, JsonSchemaType type) =>
            document.AddComponent<IOpenApiHeader>(name, new OpenApiHeader { Description = description, Schema = new OpenApiSchema { Type = type } });
    }

    private OpenApiResponse ResponseOf(RefusalText refusal, OpenApiDocument document)
    {
        var response = new OpenApiResponse
        {
            Description = refusal.Description,
            Content = new Dictionary<string, OpenApiMediaType>
            {
                ["application/json"] = new OpenApiMediaType
                {
                    Schema = new OpenApiSchemaReference(api.Error.Name, document),
                    Examples = Example.Map(refusal.Examples),
                },
            },
        };
        if (refusal.Status == StatusCodes.Status429TooManyRequests)
        {
            Headers.Reference(response, document, Headers.RateLimit, Headers.RateLimitPolicy);
        }

        if (refusal.Status is StatusCodes.Status409Conflict or StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable)
        {
            Headers.Reference(response, document, Headers.RetryAfter);
        }

        return response;
    }
}
