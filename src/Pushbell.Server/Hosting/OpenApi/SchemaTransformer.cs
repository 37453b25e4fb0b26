using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Pushbell.Server.Hosting.OpenApi;

/// <summary>Adds what the framework leaves out of a record's schema: closed sets of values, what must be there, and that data is an object.</summary>
internal sealed class SchemaTransformer : IOpenApiSchemaTransformer
{
    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        foreach (var property in context.JsonTypeInfo.Properties)
        {
            if (schema.Properties?.TryGetValue(property.Name, out var known) == true && known is OpenApiSchema described)
            {
                Complete(schema, described, property);
            }
        }

        return Task.CompletedTask;
    }

    private static void Complete(OpenApiSchema owner, OpenApiSchema schema, JsonPropertyInfo property)
    {
        if (Find<RequiredAttribute>(property) is not null)
        {
            schema.Type &= ~JsonSchemaType.Null;
        }

        if (Find<JsonIgnoreAttribute>(property) is { Condition: JsonIgnoreCondition.WhenWritingNull })
        {
            // Left out rather than null.
            owner.Required?.Remove(property.Name);
            schema.Type &= ~JsonSchemaType.Null;
        }

        if (Find<AllowedValuesAttribute>(property) is { } allowed)
        {
            schema.Enum = [.. allowed.Values.Select(value => (JsonNode)(string)value!)];
            if (schema.Type?.HasFlag(JsonSchemaType.Null) == true)
            {
                schema.Enum.Add(JsonNullSentinel.JsonNull);
            }
        }

        if (Find<EmailAddressAttribute>(property) is not null)
        {
            schema.Format = "email";
        }

        if (property.PropertyType == typeof(JsonElement?))
        {
            schema.Type = JsonSchemaType.Object | JsonSchemaType.Null;
        }
    }

    private static T? Find<T>(JsonPropertyInfo property)
        where T : Attribute => property.AttributeProvider?.GetCustomAttributes(typeof(T), inherit: true).OfType<T>().FirstOrDefault();
}
