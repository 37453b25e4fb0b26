using System.Text.Json;
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

/// <summary>Moments as the page writes them: UTC to the second, <c>2024-01-15T15:00:00Z</c>.</summary>
internal sealed class SecondsConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'"));
}
