using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;

namespace Pushbell.Server.Hosting;

/// <summary>Reads a JSON body within its limits: media type, size, depth, duplicate names and types, each with a sentence of its own.</summary>
internal static partial class JsonBody
{
    public const int SmallLimit = 64 * 1024, LargeLimit = 1024 * 1024, MaxDepth = 16;

    /// <param name="context">The request.</param>
    /// <param name="type">What the body is to become, with a context that refuses duplicate properties.</param>
    /// <param name="limit">In bytes.</param>
    public static async Task<(T? Body, Refusal? Refusal)> ReadAsync<T>(HttpContext context, JsonTypeInfo<T> type, int limit)
        where T : class
    {
        var request = context.Request;
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var media) || !IsJson(media))
        {
            return (null, new Refusal(RefusalKind.UnsupportedMediaType, "Send a JSON body with Content-Type: application/json."));
        }

        if (request.Headers.ContentEncoding.Count > 0)
        {
            return (null, new Refusal(RefusalKind.UnsupportedMediaType, "Content-Encoding is not supported; send the JSON as it is."));
        }

        var bytes = await ReadLimitedAsync(request.Body, limit, context.RequestAborted);
        if (bytes is null)
        {
            return (null, new Refusal(RefusalKind.BodyTooLarge, $"The request body is larger than {limit:N0} bytes."));
        }

        try
        {
            return JsonSerializer.Deserialize(bytes.Value.Span, type) is { } body
                ? (body, null)
                : (null, new Refusal(RefusalKind.InvalidRequest, "The request body must be a JSON object."));
        }
        catch (JsonException exception)
        {
            return (null, new Refusal(RefusalKind.InvalidRequest, Explain(exception)));
        }
    }

    private static bool IsJson(MediaTypeHeaderValue media) =>
        string.Equals(media.MediaType, "application/json", StringComparison.OrdinalIgnoreCase)
        && (media.CharSet is null || string.Equals(media.CharSet.Trim('"'), "utf-8", StringComparison.OrdinalIgnoreCase));

    private static async Task<ReadOnlyMemory<byte>?> ReadLimitedAsync(Stream body, int limit, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream();
        var block = new byte[16 * 1024];
        int read;
        while ((read = await body.ReadAsync(block, cancellationToken)) > 0)
        {
            if (buffer.Length + read > limit)
            {
                return null;
            }

            buffer.Write(block, 0, read);
        }

        return buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
    }

    private static string Explain(JsonException exception)
    {
        var at = exception.Path is { Length: > 2 } path ? path[2..] : null;
        if (ExpectedType().Match(exception.Message) is { Success: true } match)
        {
            return at is null ? "The request body must be a JSON object." : $"{at} must be {Describe(match.Groups["type"].Value)}.";
        }

        if (exception.Message.Contains("uplicate", StringComparison.Ordinal))
        {
            return "Malformed JSON: a property is given twice.";
        }

        if (exception.Message.Contains("depth", StringComparison.Ordinal))
        {
            return $"Malformed JSON: nested deeper than {MaxDepth} levels.";
        }

        return $"Malformed JSON at line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}.";
    }

    private static string Describe(string type) =>
        type switch
        {
            _ when type.Contains("String[]", StringComparison.Ordinal) || type.Contains("List", StringComparison.Ordinal) => "a list of strings",
            _ when type.Contains("String", StringComparison.Ordinal) => "a string",
            _ when type.Contains("Bool", StringComparison.Ordinal) => "true or false",
            _ when type.Contains("Int", StringComparison.Ordinal) => "a whole number",
            _ => "a JSON object",
        };

    [GeneratedRegex(@"could not be converted to (?<type>\S+?)\.? Path", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex ExpectedType();
}
