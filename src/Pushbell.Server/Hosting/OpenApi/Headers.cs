using Microsoft.OpenApi;

namespace Pushbell.Server.Hosting.OpenApi;

/// <summary>Headers of answers, described once in each document and referred to by name.</summary>
internal static class Headers
{
    public const string RateLimit = "RateLimit",
        RateLimitPolicy = "RateLimit-Policy",
        RetryAfter = "Retry-After",
        IdempotencyReplayed = "Idempotency-Replayed";

    public static void Reference(OpenApiResponse response, OpenApiDocument document, params ReadOnlySpan<string> names)
    {
        response.Headers ??= new Dictionary<string, IOpenApiHeader>();
        foreach (var name in names)
        {
            response.Headers[name] = new OpenApiHeaderReference(name, document);
        }
    }
}
