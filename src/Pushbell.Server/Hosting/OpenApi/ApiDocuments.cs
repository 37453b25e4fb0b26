using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Pushbell.Server.Hosting.OpenApi;

/// <summary>An OpenAPI 3.1 document for each API, made from its routes when it is first asked for.</summary>
internal static class ApiDocuments
{
    public static void AddApiDocuments(this IServiceCollection services, params IReadOnlyList<ApiDocument> documents)
    {
        foreach (var document in documents)
        {
            services.AddOpenApi(document.Name, options => Describe(options, document));
            services.AddKeyedSingleton(document.Name, (provider, _) => new GeneratedDocument(provider.GetRequiredKeyedService<IOpenApiDocumentProvider>(document.Name)));
        }

        // How the generator sees the records. Handlers name their own context and do not come by here.
        services.Configure<JsonOptions>(json =>
        {
            json.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            for (var at = 0; at < documents.Count; at++)
            {
                json.SerializerOptions.TypeInfoResolverChain.Insert(at, documents[at].Json);
            }
        });
    }

    public static void MapApiDocuments(this IEndpointRouteBuilder app) =>
        app.MapGet(
            "/openapi/{name}.json",
            async (string name, IServiceProvider services) =>
                services.GetKeyedService<GeneratedDocument>(name) is { } document
                    ? Results.Bytes(await document.ReadAsync(), "application/json; charset=utf-8")
                    : Results.NotFound()
        );

    private static void Describe(OpenApiOptions options, ApiDocument document)
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.ShouldInclude = api => $"/{api.RelativePath}".StartsWith(document.Path + "/", StringComparison.Ordinal);
        // Arbitrary JSON is no type of ours: it is described where it is used.
        options.CreateSchemaReferenceId = type =>
            (Nullable.GetUnderlyingType(type.Type) ?? type.Type) == typeof(JsonElement) ? null : OpenApiOptions.CreateDefaultSchemaReferenceId(type);
        options.AddSchemaTransformer(new SchemaTransformer());
        options.AddOperationTransformer(new OperationTransformer());
        options.AddDocumentTransformer(new DocumentTransformer(document));
    }
}
