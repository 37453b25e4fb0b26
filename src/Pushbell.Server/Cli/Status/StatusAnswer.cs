using Pushbell.Dispatch.Storage;

namespace Pushbell.Server.Cli.Status;

/// <summary>The installation at one moment.</summary>
internal sealed record StatusAnswer(
    DateTime At,
    DatabaseAnswer Database,
    QueueAnswer Queue,
    LastMinuteAnswer LastMinute,
    int OpenAlarms,
    IReadOnlyList<OrganizationStatusAnswer> Organizations
)
{
    public static StatusAnswer Of(DateTimeOffset now, DatabaseState database, IReadOnlyList<OrganizationState> states) =>
        new(
            now.UtcDateTime,
            DatabaseAnswer.Of(database),
            QueueAnswer.Of([.. states.Select(state => state.Queue)]),
            new LastMinuteAnswer(
                states.Sum(state => state.Queue.RecentlyEnded),
                states.Sum(state => state.Queue.RecentlyAccepted),
                states.Sum(state => state.Queue.RecentlyFailed)
            ),
            states.Sum(state => state.OpenAlarms),
            [.. states.Select(OrganizationStatusAnswer.Of)]
        );

    public Answer ToAnswer() =>
        Answer.Of(
            this,
            CliJson.Default.StatusAnswer,
            Table.Properties(
                ("at", Table.Moment(At)),
                ("database", Database.Text),
                ("deliveries", Queue.DeliveriesText),
                ("batches", Queue.BatchesText),
                ("last minute", LastMinute.Text),
                ("alarms", OpenAlarms == 0 ? "none open" : $"{OpenAlarms} open. See: pushbell alarm list")
            )
                + (Queue.NobodyComes ? "\nWork has been due for more than a minute, and nobody comes for it: does a server run?\n" : "")
                + "\n"
                + OrganizationsText()
        );

    private string OrganizationsText() =>
        Organizations.Count == 0
            ? "No organization yet: start the server once, or see: pushbell organization create --help"
            : Table.List(
                ["organization", "name", "pending", "this hour", "today", "credits", "held", "alarms"],
                Organizations.Select(organization => organization.Row)
            );
}

/// <param name="Engine"><c>sqlite</c> or <c>postgresql</c>.</param>
/// <param name="SizeBytes">On its disk.</param>
/// <param name="SchemaVersion">The last migration that was applied.</param>
/// <param name="LatestSchemaVersion">The last one that this build has.</param>
internal sealed record DatabaseAnswer(string Engine, long SizeBytes, int SchemaVersion, int LatestSchemaVersion)
{
    private const double Mebibyte = 1024 * 1024;

    internal string Text => $"{(Engine == "sqlite" ? "SQLite" : "PostgreSQL")}, {SizeBytes / Mebibyte:N1} MiB, migration {SchemaVersion} of {LatestSchemaVersion}";

    public static DatabaseAnswer Of(DatabaseState state) =>
        new(state.IsServer ? "postgresql" : "sqlite", state.SizeBytes, state.SchemaVersion, state.LatestSchemaVersion);
}

/// <summary>Notifications whose last delivery ended within a minute, and how their deliveries did: the ledger keeps no time for each delivery.</summary>
internal sealed record LastMinuteAnswer(long NotificationsEnded, long Accepted, long Failed)
{
    internal string Text => $"{NotificationsEnded:N0} notifications ended: {Accepted:N0} deliveries accepted, {Failed:N0} not";
}
