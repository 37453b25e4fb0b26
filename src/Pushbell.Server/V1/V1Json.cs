using System.Text.Json.Serialization;
using Pushbell.Server.Hosting;

namespace Pushbell.Server.V1;

/// <summary>How /v1 writes and reads JSON.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    MaxDepth = JsonBody.MaxDepth,
    AllowDuplicateProperties = false
)]
[JsonSerializable(typeof(SendBody))]
[JsonSerializable(typeof(SendAnswer))]
[JsonSerializable(typeof(SubscribeBody))]
[JsonSerializable(typeof(SubscribeAnswer))]
[JsonSerializable(typeof(UnsubscribeBody))]
[JsonSerializable(typeof(UnsubscribeAnswer))]
[JsonSerializable(typeof(ErrorAnswer))]
internal sealed partial class V1Json : JsonSerializerContext;
