using System.Text.Json.Serialization;
using Pushbell.Server.Hosting;
using Pushbell.Server.Hosting.Sending;

namespace Pushbell.Server.V2;

/// <summary>How /v2 writes and reads JSON.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    MaxDepth = JsonBody.MaxDepth,
    AllowDuplicateProperties = false,
    Converters = [typeof(SecondsConverter)]
)]
[JsonSerializable(typeof(SendBody))]
[JsonSerializable(typeof(SendAnswer))]
[JsonSerializable(typeof(RequestAnswer))]
[JsonSerializable(typeof(RequestsAnswer))]
[JsonSerializable(typeof(DeliveriesAnswer))]
[JsonSerializable(typeof(QuotaAnswer))]
[JsonSerializable(typeof(ClientAnswer))]
[JsonSerializable(typeof(ClientsAnswer))]
[JsonSerializable(typeof(DeregisterAnswer))]
[JsonSerializable(typeof(ServiceAnswer))]
[JsonSerializable(typeof(RegisterBody))]
[JsonSerializable(typeof(RegisterAnswer))]
[JsonSerializable(typeof(ChangeBody))]
[JsonSerializable(typeof(ReceiptsBody))]
[JsonSerializable(typeof(ReceiptsAnswer))]
[JsonSerializable(typeof(HeartbeatAnswer))]
[JsonSerializable(typeof(ConfigurationAnswer))]
[JsonSerializable(typeof(ErrorAnswer))]
internal sealed partial class V2Json : JsonSerializerContext;
