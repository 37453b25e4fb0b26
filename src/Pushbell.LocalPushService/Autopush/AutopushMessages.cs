using System.Text.Json.Serialization;

namespace Pushbell.LocalPushService.Autopush;

/// <summary>Any message of the browser. A ping is an empty object.</summary>
internal sealed record BrowserMessage
{
    [JsonPropertyName("messageType")]
    public string? Type { get; init; }

    [JsonPropertyName("uaid")]
    public string? Uaid { get; init; }

    [JsonPropertyName("channelID")]
    public string? ChannelId { get; init; }

    /// <summary>The application server key of a registration, base64url.</summary>
    [JsonPropertyName("key")]
    public string? Key { get; init; }

    [JsonPropertyName("updates")]
    public IReadOnlyList<Update> Updates { get; init; } = [];

    [JsonPropertyName("version")]
    public string? Version { get; init; }

    [JsonPropertyName("code")]
    public int Code { get; init; }

    /// <summary>One acknowledged message; the version is the message's id.</summary>
    internal sealed record Update([property: JsonPropertyName("version")] string Version, [property: JsonPropertyName("code")] int Code);
}

/// <summary>What the service says. Every message has a type and the fields of that type.</summary>
internal sealed record ServiceMessage([property: JsonPropertyName("messageType")] string Type)
{
    [JsonPropertyName("status")]
    public int? Status { get; init; }

    [JsonPropertyName("uaid")]
    public string? Uaid { get; init; }

    [JsonPropertyName("use_webpush")]
    public bool? UseWebPush { get; init; }

    /// <summary>Settings that Mozilla spreads through the same socket: none here.</summary>
    [JsonPropertyName("broadcasts")]
    public IReadOnlyDictionary<string, string>? Broadcasts { get; init; }

    [JsonPropertyName("channelID")]
    public string? ChannelId { get; init; }

    [JsonPropertyName("pushEndpoint")]
    public string? PushEndpoint { get; init; }

    [JsonPropertyName("version")]
    public string? Version { get; init; }

    /// <summary>The encrypted body in base64url; absent, with its headers, from a push without content.</summary>
    [JsonPropertyName("data")]
    public string? Data { get; init; }

    [JsonPropertyName("headers")]
    public EncryptionHeaders? Headers { get; init; }

    internal sealed record EncryptionHeaders([property: JsonPropertyName("encoding")] string Encoding);
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(BrowserMessage))]
[JsonSerializable(typeof(ServiceMessage))]
internal sealed partial class AutopushJson : JsonSerializerContext;
