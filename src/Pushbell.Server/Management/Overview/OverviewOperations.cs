using Pushbell.Server.Hosting.OpenApi;

namespace Pushbell.Server.Management.Overview;

/// <summary>What the API document says of the overview and of alarms.</summary>
internal static class OverviewOperations
{
    private const string AlarmText = """
        {"alarm_id": "alm_123", "kind": "refuses_everyone", "origin": "https://web.push.apple.com", "sentence": "https://web.push.apple.com refuses everything we send.", "raised_at": "2024-01-15T10:30:00Z", "resolved_at": null}
        """;

    public static Operation Get { get; } =
        new("getOverview", ManageReference.Overview, "Get the overview", "What was sent over time and what became of it, and where quota, credits and alarms stand.")
        {
            Parameters =
            [
                ManageParameters.Organization,
                ManageParameters.Service,
                new("range", "How far to look back: a day by the hour (the default), a week by six hours, a month by the day.") { Values = ["day", "week", "month"] },
            ],
            Answer = typeof(Overview),
            AnswerDescription = "How the service is doing.",
            Refusals = [400, 404],
        };

    public static Operation ListAlarms { get; } =
        new("listAlarms", ManageReference.Overview, "List alarms", "Open ones first, then the newest first.")
        {
            Parameters = [ManageParameters.Organization],
            Answer = typeof(AlarmList),
            AnswerDescription = "The alarms of the organization.",
            AnswerExamples = [new("alarms", "One is open", $$"""{"alarms": [{{AlarmText}}]}""")],
            Refusals = [404],
        };

    public static Operation ResolveAlarm { get; } =
        new("resolveAlarm", ManageReference.Overview, "Resolve an alarm", "Says that its cause is mended: sending goes on, and clients that were kept aside become active again. Doing it twice changes nothing.")
        {
            Parameters =
            [
                ManageParameters.Organization,
                new("alarm_id", "The alarm, `alm_…`."),
                new("expire", "`true` when what was kept aside is really gone; it expires then.") { Values = ["true", "false"] },
            ],
            Answer = typeof(Alarm),
            AnswerDescription = "The alarm is resolved.",
            AnswerExamples = [new("resolved", "Resolved", AlarmText.Replace("\"resolved_at\": null", "\"resolved_at\": \"2024-01-15T11:00:00Z\"", StringComparison.Ordinal))],
            Refusals = [400, 404],
        };
}
