using Pushbell.Dispatch.Audit;

namespace Pushbell.Server.Cli;

/// <summary>Every command that changes something leaves an entry in the audit log, as <c>command line</c>.</summary>
internal static class AuditTrail
{
    /// <param name="operation">The command that has changed something.</param>
    /// <param name="organization">Whose record.</param>
    /// <param name="action">What and how, e.g. <c>key.create</c>; the same words as the management API's.</param>
    /// <param name="subject">The id or name of what was changed.</param>
    /// <param name="detail">In words; never a secret.</param>
    public static Task AuditAsync(this Operation operation, long organization, string action, string subject, string? detail = null) =>
        operation.Use<AuditLog>().WriteAsync(organization, Act.OfCommandLine(action), subject, detail, CancellationToken.None);
}
