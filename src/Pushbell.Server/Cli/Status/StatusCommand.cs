using System.CommandLine;
using Pushbell.Dispatch.Alarms;
using Pushbell.Dispatch.Delivery;
using Pushbell.Dispatch.Organizations;
using Pushbell.Dispatch.Storage;

namespace Pushbell.Server.Cli.Status;

/// <summary><c>pushbell status</c></summary>
internal static class StatusCommand
{
    public static Command Create(CommandRunner runner) =>
        runner.Watches(new Command("status", "How the installation is: its database, its queue, and each organization's alarms, quota and credits."), LookAsync);

    private static async Task<Answer> LookAsync(Operation operation)
    {
        var now = operation.Use<TimeProvider>().GetUtcNow();
        var database = await operation.Use<DatabaseInspection>().StateAsync(operation.Cancellation);
        var states = new List<OrganizationState>();
        foreach (var organization in await operation.Use<OrganizationQueries>().ListAsync(operation.Cancellation))
        {
            states.Add(await StateOfAsync(operation, organization));
        }

        return StatusAnswer.Of(now, database, states).ToAnswer();
    }

    private static async Task<OrganizationState> StateOfAsync(Operation operation, OrganizationInfo organization)
    {
        var (quota, cancellation) = (operation.Use<Quota>(), operation.Cancellation);
        return new OrganizationState(
            organization,
            await operation.Use<QueueQueries>().GetAsync(organization.Id, cancellation),
            await operation.Use<Database>().ReadAsync(session => quota.UsageAsync(session, organization.Id), cancellation),
            (await operation.Use<AlarmBoard>().ListAsync(organization.Id, cancellation)).Count(alarm => alarm.ResolvedAt is null)
        );
    }
}

/// <summary>All that is looked at of one organization.</summary>
internal sealed record OrganizationState(OrganizationInfo Organization, QueueState Queue, QuotaUsage Quota, int OpenAlarms);
