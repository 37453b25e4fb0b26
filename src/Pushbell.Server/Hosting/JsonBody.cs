using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.Features;

namespace Pushbell.Server.Hosting;

/// <summary>Reads a JSON body within its limits: media type, size, depth, duplicate names and types, each with a sentence of its own.</summary>
internal static class JsonBody
{
    public const int SmallLimit = 64 * 1024, LargeLimit = 1024 * 1024, MaxDepth = 16;

    /// <summary>In bytes. A body above its own limit is still taken off the wire and dropped, for who is still writing it would not get to read the refusal.</summary>
    public const int DropLimit = 8 * LargeLimit;

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
            return (null, TooLarge(limit));
        }

        if (HoldsNull(bytes.Value.Span))
        {
            return (null, new Refusal(RefusalKind.InvalidRequest, "The request body holds a null character, which is in no text that could be stored or shown."));
        }

        context.Features.Set(new RawBody(bytes.Value));
        try
        {
            return JsonSerializer.Deserialize(bytes.Value.Span, type) is { } body
                ? (body, null)
                : (null, new Refusal(RefusalKind.InvalidRequest, "The request body must be a JSON object."));
        }
        catch (JsonException exception)
        {
            return (null, new Refusal(RefusalKind.InvalidRequest, Explain(exception, type)));
        }
    }

    /// <summary>The bytes of a body that has been read.</summary>
    public static ReadOnlyMemory<byte> BytesOf(HttpContext context) => context.Features.GetRequiredFeature<RawBody>().Bytes;

    public static Refusal TooLarge(int limit) => new(RefusalKind.BodyTooLarge, $"The request body is larger than {limit:N0} bytes.");

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

    /// <summary>The one character that PostgreSQL's texts cannot hold; in JSON it can only come escaped.</summary>
    private static bool HoldsNull(ReadOnlySpan<byte> json)
    {
        for (var rest = json; rest.IndexOf(@"\u0000"u8) is >= 0 and var at; rest = rest[(at + 1)..])
        {
            // Behind an odd number of backslashes it is a backslash, and then u0000.
            var slashes = at - rest[..at].LastIndexOfAnyExcept((byte)'\\') - 1;
            if (slashes % 2 == 0)
            {
                return true;
            }
        }

        return false;
    }

    private static string Explain(JsonException exception, JsonTypeInfo type)
    {
        // Behind it stands the path, with names of the caller's choice.
        var message = exception.Message.Split(" Path: ")[0];
        if (message.Contains("uplicate", StringComparison.Ordinal))
        {
            return "Malformed JSON: a property is given twice.";
        }

        if (message.Contains("depth", StringComparison.Ordinal))
        {
            return $"Malformed JSON: nested deeper than {MaxDepth} levels.";
        }

        if (message.Contains("could not be converted", StringComparison.Ordinal))
        {
            var path = exception.Path is { Length: > 2 } full ? full[2..] : null;
            return path is null ? "The request body must be a JSON object." : $"{path} must be {Expected(path, type)}.";
        }

        return $"Malformed JSON at line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}.";
    }

    /// <summary>What the body's type has at a path like <c>subscription.keys.auth</c> or <c>actions[0].title</c>.</summary>
    private static string Expected(string path, JsonTypeInfo type)
    {
        foreach (var part in path.Split('.'))
        {
            var name = part.Split('[')[0];
            type = Info(type.Properties.First(property => property.Name == name).PropertyType, type.Options);
            if (part.EndsWith(']'))
            {
                type = Info(type.ElementType!, type.Options);
            }
        }

        return type switch
        {
            { Kind: JsonTypeInfoKind.Enumerable } => type.ElementType == typeof(string) ? "a list of strings" : "a list of JSON objects",
            { Kind: JsonTypeInfoKind.Object } => "a JSON object",
            _ when type.Type == typeof(bool) => "true or false",
            _ when type.Type == typeof(int) || type.Type == typeof(long) => "a whole number",
            // Any JSON will do, but half a surrogate pair is none that could be passed on.
            _ when type.Type == typeof(JsonElement) => "valid Unicode",
            _ => "a string",
        };
    }

    private static JsonTypeInfo Info(Type type, JsonSerializerOptions options) => options.GetTypeInfo(Nullable.GetUnderlyingType(type) ?? type);

    private sealed record RawBody(ReadOnlyMemory<byte> Bytes);
}
