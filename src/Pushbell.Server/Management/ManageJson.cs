using System.Text.Json.Serialization;
using Pushbell.Server.Hosting;

namespace Pushbell.Server.Management;

/// <summary>How /manage writes and reads JSON about accounts, organizations, members and the audit log.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    MaxDepth = JsonBody.MaxDepth,
    AllowDuplicateProperties = false,
    Converters = [typeof(SecondsConverter)]
)]
[JsonSerializable(typeof(ManageError))]
internal sealed partial class ManageJson : JsonSerializerContext;
