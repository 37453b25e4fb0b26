using Pushbell.Dispatch;
using Pushbell.Dispatch.Alarms;
using Pushbell.Server.Hosting;

namespace Pushbell.Server.Cli;

/// <summary>One alarm; <paramref name="ResolvedAt"/> is <c>null</c> while it is open.</summary>
internal sealed record AlarmAnswer(string AlarmId, string Kind, string Origin, string Sentence, DateTime RaisedAt, DateTime? ResolvedAt)
{
    public static AlarmAnswer Of(Alarm alarm) =>
        new(
            PublicId.Alarm(alarm.Id),
            StatusNames.Of(alarm.Kind),
            alarm.Origin,
            alarm.Sentence,
            alarm.RaisedAt.UtcDateTime,
            alarm.ResolvedAt?.UtcDateTime
        );
}

internal sealed record AlarmsAnswer(IReadOnlyList<AlarmAnswer> Alarms)
{
    public static AlarmsAnswer Of(IReadOnlyList<Alarm> alarms) => new([.. alarms.Select(AlarmAnswer.Of)]);

    public Answer ToAnswer() =>
        Answer.Of(
            this,
            CliJson.Default.AlarmsAnswer,
            Alarms.Count == 0
                ? "No alarms."
                : Table.List(
                    ["alarm", "raised", "resolved", "what"],
                    Alarms.Select(alarm =>
                        new[]
                        {
                            alarm.AlarmId,
                            Table.Moment(alarm.RaisedAt),
                            alarm.ResolvedAt is { } at ? Table.Moment(at) : "-",
                            alarm.Sentence,
                        }
                    )
                )
        );
}

/// <summary>An alarm that has just been resolved, and how many registrations that concerned.</summary>
internal sealed record ResolvedAnswer(string AlarmId, int Restored, int Expired)
{
    public static ResolvedAnswer Of(long alarm, int registrations, bool restore) =>
        new(PublicId.Alarm(alarm), restore ? registrations : 0, restore ? 0 : registrations);

    public Answer ToAnswer() =>
        Answer.Of(this, CliJson.Default.ResolvedAnswer, $"{AlarmId} is resolved: {Restored} registrations are active again, {Expired} expired.");
}
