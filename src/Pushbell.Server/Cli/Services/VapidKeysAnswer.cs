using System.Globalization;
using Pushbell.Dispatch;
using Pushbell.Dispatch.Organizations;

namespace Pushbell.Server.Cli.Services;

/// <summary>A pair by its public half. <see cref="Share"/> is of all active registrations of the service, from 0 to 1.</summary>
internal sealed record VapidKeyAnswer(string PublicKey, string State, long ActiveRegistrations, double Share, DateTime CreatedAt);

internal sealed record VapidKeysAnswer(string ServiceId, IReadOnlyList<VapidKeyAnswer> Keys)
{
    public static VapidKeysAnswer Of(ServiceInfo service, IReadOnlyList<VapidKeyInfo> keys)
    {
        var all = keys.Sum(key => key.ActiveRegistrations);
        return new VapidKeysAnswer(
            PublicId.Service(service.Id),
            [
                .. keys.Select(key => new VapidKeyAnswer(
                    key.PublicKey,
                    StateOf(key),
                    key.ActiveRegistrations,
                    all == 0 ? 0 : (double)key.ActiveRegistrations / all,
                    DateTimeOffset.FromUnixTimeMilliseconds(key.CreatedAt).UtcDateTime
                )),
            ]
        );
    }

    public Answer ToAnswer(string heading) =>
        Answer.Of(
            this,
            CliJson.Default.VapidKeysAnswer,
            heading
                + Table.List(
                    ["public key", "state", "registrations", "share", "created"],
                    Keys.Select(key =>
                        new[]
                        {
                            key.PublicKey,
                            key.State,
                            key.ActiveRegistrations.ToString(CultureInfo.InvariantCulture),
                            key.Share.ToString("0.0 %", CultureInfo.InvariantCulture),
                            Table.Moment(key.CreatedAt),
                        }
                    )
                )
        );

    private static string StateOf(VapidKeyInfo key) =>
        key switch
        {
            { IsCurrent: not 0 } => "current",
            { IsRetired: not 0 } => "retired",
            _ => "in use",
        };
}
