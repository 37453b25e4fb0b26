using System.Text.Json;
using Pushbell.Dispatch.Notifications;

namespace Pushbell.Server.Hosting;

/// <summary>How states and kinds are written, in every API alike: in lower case, words joined by underscores.</summary>
internal static class StatusNames
{
    public static string Of<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    /// <returns>Null when there is nothing to say.</returns>
    public static string? Of(DeliveryReason reason) => reason == DeliveryReason.None ? null : Of<DeliveryReason>(reason);

    /// <returns>Null when none is written so.</returns>
    public static T? Find<T>(string text)
        where T : struct, Enum => Enum.GetValues<T>().Where(value => Of<T>(value) == text).Select(value => (T?)value).FirstOrDefault();

    /// <returns>"queued, scheduled, …"</returns>
    public static string All<T>()
        where T : struct, Enum => string.Join(", ", Enum.GetValues<T>().Select(value => Of<T>(value)));
}
