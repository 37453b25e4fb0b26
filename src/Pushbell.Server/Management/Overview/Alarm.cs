using System.ComponentModel.DataAnnotations;
using Pushbell.Dispatch;
using Pushbell.Server.Hosting;
using Domain = Pushbell.Dispatch.Alarms;

namespace Pushbell.Server.Management.Overview;

/// <summary>What somebody should look at.</summary>
/// <param name="AlarmId">The alarm, <c>alm_…</c>.</param>
/// <param name="Kind">mass_gone: a push service declared too many subscriptions gone at once; refuses_everyone: it refuses all that is sent.</param>
/// <param name="Origin">The push service.</param>
/// <param name="Sentence">What happened, and what to do.</param>
/// <param name="RaisedAt">When.</param>
/// <param name="ResolvedAt">Null while it is open.</param>
internal sealed record Alarm(
    string AlarmId,
    [property: AllowedValues("mass_gone", "refuses_everyone")] string Kind,
    string Origin,
    string Sentence,
    DateTimeOffset RaisedAt,
    DateTimeOffset? ResolvedAt
)
{
    public static Alarm Of(Domain.Alarm alarm) =>
        new(PublicId.Alarm(alarm.Id), StatusNames.Of(alarm.Kind), alarm.Origin, alarm.Sentence, alarm.RaisedAt, alarm.ResolvedAt);
}

/// <summary>The alarms of an organization: open ones first, then the newest first.</summary>
/// <param name="Alarms">The first thousand.</param>
internal sealed record AlarmList(IReadOnlyList<Alarm> Alarms);
