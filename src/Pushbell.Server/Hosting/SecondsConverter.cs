using System.Text.Json;
using System.Text.Json.Serialization;

namespace Pushbell.Server.Hosting;

/// <summary>Moments as the page of /v2 writes them: UTC to the second, <c>2024-01-15T15:00:00Z</c>.</summary>
internal sealed class SecondsConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'"));
}
