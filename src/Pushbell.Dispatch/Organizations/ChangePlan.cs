using Pushbell.Dispatch.Storage;

namespace Pushbell.Dispatch.Organizations;

/// <summary>Puts an organization on another plan. The next send is measured by it, against what the current windows have counted so far.</summary>
public sealed class ChangePlan(Database database)
{
    public Task RunAsync(long organization, Plan plan, CancellationToken cancellationToken) =>
        database.WriteAsync(
            session =>
                session.ExecuteAsync(
                    "UPDATE organization SET plan = @Name, custom_hourly = @CustomHourly, custom_daily = @CustomDaily WHERE id = @organization",
                    new { organization, plan.Name, plan.CustomHourly, plan.CustomDaily }
                ),
            cancellationToken
        );
}
