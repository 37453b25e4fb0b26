using Pushbell.Dispatch;
using Pushbell.Dispatch.Audit;

namespace Pushbell.Server.Cli.Accounts;

/// <summary>One entry of the audit log.</summary>
internal sealed record AuditEntryAnswer(
    string EntryId,
    DateTime At,
    string Actor,
    string Action,
    string? Subject,
    string? Detail,
    string? Address
)
{
    public static AuditEntryAnswer Of(AuditInfo entry) =>
        new(
            PublicId.AuditEntry(entry.Id),
            DateTimeOffset.FromUnixTimeMilliseconds(entry.CreatedAt).UtcDateTime,
            entry.Actor,
            entry.Action,
            entry.Subject,
            entry.Detail,
            entry.Address
        );
}

internal sealed record AuditAnswer(IReadOnlyList<AuditEntryAnswer> Entries)
{
    public Answer ToAnswer() =>
        Answer.Of(
            this,
            CliJson.Default.AuditAnswer,
            Entries.Count == 0
                ? "Nothing was changed yet."
                : Table.List(
                    ["at", "who", "what", "subject", "detail", "from"],
                    Entries.Select(entry =>
                        new[]
                        {
                            Table.Moment(entry.At),
                            entry.Actor,
                            entry.Action,
                            entry.Subject ?? "-",
                            entry.Detail ?? "-",
                            entry.Address ?? "-",
                        }
                    )
                )
        );
}
