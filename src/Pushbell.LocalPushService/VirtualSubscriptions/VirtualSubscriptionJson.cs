using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Pushbell.LocalPushService.Faults;

namespace Pushbell.LocalPushService.VirtualSubscriptions;

/// <summary>Body of POST /subscriptions; every part of it, and the body itself, may be left out.</summary>
internal sealed record CreationRequest(string? ApplicationServerKey);

/// <summary>Body of POST /subscriptions/bulk. The ratio is the part that answers 410 from the start, 0 to 1.</summary>
internal sealed record BulkRequest(int Count, double GoneRatio, string? ApplicationServerKey);

/// <summary>A browser's PushSubscription as JSON, and the id that names it here.</summary>
internal sealed record CreatedSubscription(string Id, string Endpoint, SubscriptionKeys Keys)
{
    public static CreatedSubscription Of(VirtualSubscription subscription) =>
        new(subscription.Id, subscription.Endpoint, new SubscriptionKeys(subscription.P256dh, subscription.Auth));
}

internal sealed record SubscriptionKeys([property: JsonPropertyName("p256dh")] string P256dh, string Auth);

internal sealed record MessageCount(string Id, int Messages);

/// <summary>The plaintext is the JSON value that the content is, else a string; null when it is empty or cannot be decrypted.</summary>
internal sealed record DecryptedMessage(
    string Id, JsonNode? Plaintext, string? Error, int Ttl, string Urgency, string? Topic, DateTimeOffset ReceivedAt)
{
    public static DecryptedMessage Of(ReceivedMessage message) => new(
        message.Id, Content(message.Text), message.DecryptionError, message.Ttl, message.Urgency, message.Topic, message.ReceivedAt);

    private static JsonNode? Content(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return null;

        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return JsonValue.Create(text);
        }
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(CreationRequest))]
[JsonSerializable(typeof(BulkRequest))]
[JsonSerializable(typeof(CreatedSubscription))]
[JsonSerializable(typeof(MessageCount))]
[JsonSerializable(typeof(IEnumerable<DecryptedMessage>))]
[JsonSerializable(typeof(ScriptedAnswer[]))]
internal sealed partial class VirtualSubscriptionJson : JsonSerializerContext;
