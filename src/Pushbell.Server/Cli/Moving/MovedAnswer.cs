using Pushbell.Dispatch.Storage.Moving;

namespace Pushbell.Server.Cli.Moving;

/// <summary>What went over, table by table: both sides have been read and compared.</summary>
internal sealed record MovedAnswer(IReadOnlyList<MovedTableAnswer> Tables)
{
    public static MovedAnswer Of(Moved moved) =>
        new([.. moved.Tables.Select(table => new MovedTableAnswer(table.Key, table.Value.Rows, table.Value.Sha256))]);

    public Answer ToAnswer() =>
        Answer.Of(
            this,
            CliJson.Default.MovedAnswer,
            Table.List(["table", "rows", "sha-256"], Tables.Select(table => new[] { table.Table, $"{table.Rows:N0}", table.Sha256[..16] + "…" }))
                + """

                Moved, and both sides are equal. Now start every node with ConnectionStrings__Pushbell set to the new database, and with the same
                Pushbell__MasterKey: unless you have set one, it is the line in master.key beside the old database.
                Keep the old file as a backup; do not start on it again.
                """
        );
}

internal sealed record MovedTableAnswer(string Table, long Rows, string Sha256);
