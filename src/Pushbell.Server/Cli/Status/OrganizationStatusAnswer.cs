using Pushbell.Dispatch;

namespace Pushbell.Server.Cli.Status;

/// <summary>One organization in short. No limit, and no metering, is <c>null</c>.</summary>
internal sealed record OrganizationStatusAnswer(
    string OrganizationId,
    string Name,
    string Plan,
    long HourlyUsed,
    int? HourlyLimit,
    long DailyUsed,
    int? DailyLimit,
    long? Credits,
    long CreditsHeld,
    long PendingDeliveries,
    int OpenAlarms
)
{
    internal string[] Row =>
        [
            OrganizationId,
            Name,
            $"{PendingDeliveries:N0}",
            Used(HourlyUsed, HourlyLimit),
            Used(DailyUsed, DailyLimit),
            Credits?.ToString("N0") ?? "not metered",
            $"{CreditsHeld:N0}",
            $"{OpenAlarms}",
        ];

    public static OrganizationStatusAnswer Of(OrganizationState state)
    {
        var (organization, queue, quota, alarms) = state;
        return new OrganizationStatusAnswer(
            PublicId.Organization(organization.Id),
            organization.Name,
            organization.Plan.Name,
            quota.Hour.Used,
            quota.Hour.Limit,
            quota.Day.Used,
            quota.Day.Limit,
            organization.CreditAvailable,
            organization.CreditHeld,
            queue.Pending,
            alarms
        );
    }

    private static string Used(long used, int? limit) => limit is { } most ? $"{used:N0} of {most:N0}" : $"{used:N0}";
}
