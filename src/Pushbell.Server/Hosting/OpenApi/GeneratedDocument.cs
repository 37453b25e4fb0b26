using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Pushbell.Server.Hosting.OpenApi;

/// <summary>A document, made when it is first asked for and kept: the routes of a running server do not change.</summary>
internal sealed class GeneratedDocument(IOpenApiDocumentProvider provider)
{
    private readonly Lazy<Task<byte[]>> bytes = new(() => GenerateAsync(provider));

    /// <summary>UTF-8 JSON.</summary>
    public Task<byte[]> ReadAsync() => bytes.Value;

    private static async Task<byte[]> GenerateAsync(IOpenApiDocumentProvider provider)
    {
        var document = await provider.GetOpenApiDocumentAsync();
        using var buffer = new MemoryStream();
        await document.SerializeAsJsonAsync(buffer, OpenApiSpecVersion.OpenApi3_1);
        return buffer.ToArray();
    }
}
