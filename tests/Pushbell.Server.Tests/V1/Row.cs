namespace Pushbell.Server.Tests.V1;

/// <summary>One row of the table: the sentence that it checks, what is asked, and exactly what must come back.</summary>
/// <param name="Cites">A sentence of <see cref="Page"/> or <see cref="Room"/>.</param>
/// <param name="Case">What is special about it; unique in the table.</param>
/// <param name="Request">
/// Its body may hold <c>{email}</c>, an address of this row alone, and <c>{endpoint}</c>, <c>{p256dh}</c> and <c>{auth}</c> of a device
/// that is not subscribed yet.
/// </param>
/// <param name="Status">The status code.</param>
/// <param name="Answer">The whole body.</param>
internal sealed record Row(string Cites, string Case, V1Request Request, int Status, string Answer)
{
    /// <summary>Devices subscribed under <c>{email}</c> beforehand: how the push service will answer each of them.</summary>
    public IReadOnlyList<int> Devices { get; init; } = [];

    /// <summary>Devices subscribed under <c>{email}</c>, and gone by an earlier send.</summary>
    public int GoneDevices { get; init; }

    public static string Error(string sentence) => $$"""{"error":"{{sentence}}"}""";
}
