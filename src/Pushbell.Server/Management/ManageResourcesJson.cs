using System.Text.Json.Serialization;
using Pushbell.Server.Hosting;
using Pushbell.Server.Hosting.Sending;

namespace Pushbell.Server.Management;

/// <summary>How /manage writes and reads JSON about services, keys, credits, notifications and clients.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    MaxDepth = JsonBody.MaxDepth,
    AllowDuplicateProperties = false,
    Converters = [typeof(SecondsConverter)]
)]
[JsonSerializable(typeof(Services.ServiceList))]
[JsonSerializable(typeof(Services.NewService))]
[JsonSerializable(typeof(Services.ServiceChange))]
[JsonSerializable(typeof(Services.IdentityKeyBody))]
[JsonSerializable(typeof(Services.VapidPairList))]
[JsonSerializable(typeof(Services.NewVapidPair))]
[JsonSerializable(typeof(Services.VapidCheckBody))]
[JsonSerializable(typeof(Services.VapidCheck))]
[JsonSerializable(typeof(Keys.KeyList))]
[JsonSerializable(typeof(Keys.NewKey))]
[JsonSerializable(typeof(Keys.CreatedKey))]
[JsonSerializable(typeof(Organizations.CreditTotals))]
[JsonSerializable(typeof(Credits.TopUpBody))]
[JsonSerializable(typeof(Credits.Statement))]
[JsonSerializable(typeof(Overview.Overview))]
[JsonSerializable(typeof(Overview.AlarmList))]
[JsonSerializable(typeof(SendBody))]
[JsonSerializable(typeof(Notifications.DryRun))]
[JsonSerializable(typeof(Notifications.Notification))]
[JsonSerializable(typeof(Notifications.NotificationList))]
[JsonSerializable(typeof(Notifications.DeliveryList))]
[JsonSerializable(typeof(Notifications.Breakdown))]
[JsonSerializable(typeof(Clients.ClientList))]
[JsonSerializable(typeof(Clients.ThisBrowserBody))]
[JsonSerializable(typeof(Clients.Troubleshooting))]
internal sealed partial class ManageResourcesJson : JsonSerializerContext;
