using System.CommandLine;
using Pushbell.Dispatch;
using Pushbell.Dispatch.Organizations;

namespace Pushbell.Server.Cli;

/// <summary><c>pushbell plan set</c></summary>
internal static class PlanCommands
{
    public static Command Create(CommandRunner runner) => new("plan", "What an organization may send per hour and day.") { Set(runner) };

    private static Command Set(CommandRunner runner)
    {
        var name = new Argument<string>("plan") { HelpName = string.Join('|', PlanOptions.Names), Description = "The plan from now on." };
        name.AcceptOnlyFromAmong(StringComparer.OrdinalIgnoreCase, PlanOptions.Names);
        var limits = new PlanOptions();
        var organization = Tenants.OrganizationOption();
        var command = new Command("set", "Put the organization on a plan; the next send is measured by it.") { name, organization };
        limits.AddTo(command, result => result.GetValue(name));
        return runner.Runs(
            command,
            async operation =>
            {
                if (!(await Tenants.OrganizationAsync(operation, organization)).TryGet(out var tenant, out var failure))
                {
                    return failure;
                }

                var plan = limits.PlanOf(operation.Line, operation.Line.GetRequiredValue(name));
                await operation.Use<ChangePlan>().RunAsync(tenant.Id, plan, operation.Cancellation);
                await operation.AuditAsync(tenant.Id, "plan.set", PublicId.Organization(tenant.Id), plan.Name);
                return await OrganizationCommands.ShowAsync(operation, tenant.Id, "Changed.");
            }
        );
    }
}
