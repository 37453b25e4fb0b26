using Pushbell.Dispatch;
using Pushbell.Dispatch.Audit;

namespace Pushbell.Server.Management.Audit;

/// <summary>Who changed what.</summary>
/// <param name="EntryId">The entry, <c>aud_…</c>.</param>
/// <param name="At">When.</param>
/// <param name="Actor">An email, <c>key …</c> and its last four characters, or <c>command line</c>.</param>
/// <param name="Action">What and how, such as <c>key.create</c>.</param>
/// <param name="Subject">The id or name of what was changed.</param>
/// <param name="Detail">In words; never a secret.</param>
/// <param name="Address">The network address; null on the command line.</param>
internal sealed record AuditEntry(string EntryId, DateTimeOffset At, string Actor, string Action, string? Subject, string? Detail, string? Address)
{
    public static AuditEntry Of(AuditInfo entry) =>
        new(
            PublicId.AuditEntry(entry.Id),
            DateTimeOffset.FromUnixTimeMilliseconds(entry.CreatedAt),
            entry.Actor,
            entry.Action,
            entry.Subject,
            entry.Detail,
            entry.Address
        );
}

/// <summary>One page of the audit log.</summary>
/// <param name="Entries">The newest first.</param>
/// <param name="Next">Give it as <c>after</c> for the page behind this one; null: there is none.</param>
internal sealed record AuditPage(IReadOnlyList<AuditEntry> Entries, string? Next);
