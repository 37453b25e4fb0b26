using System.CommandLine;
using Pushbell.Dispatch;
using Pushbell.Dispatch.Organizations;

namespace Pushbell.Server.Cli;

/// <summary><c>pushbell organization create|list</c></summary>
internal static class OrganizationCommands
{
    public static Command Create(CommandRunner runner) => new("organization", "The tenants.") { New(runner), List(runner) };

    private static Command New(CommandRunner runner)
    {
        var name = new Option<string>("--name") { Required = true, HelpName = "NAME", Description = "For people; need not be unique." }.Checked(
            TenantRules.NameProblem
        );
        var plan = new Option<string>("--plan")
        {
            HelpName = string.Join('|', PlanOptions.Names),
            Description = "What it may send.",
            DefaultValueFactory = _ => Plan.Unlimited.Name,
        };
        plan.AcceptOnlyFromAmong(StringComparer.OrdinalIgnoreCase, PlanOptions.Names);
        var limits = new PlanOptions();
        var credits = new Option<long?>("--credits")
        {
            HelpName = "N",
            Description = "Prepaid credits, one per accepted delivery. Left out: not metered.",
            CustomParser = Checks.WholeNumber("--credits", 0, Credits.MostAtOnce),
        };
        var command = new Command("create", "Make an organization.") { name, plan, credits };
        limits.AddTo(command, result => result.GetValue(plan) ?? Plan.Unlimited.Name);
        return runner.Runs(
            command,
            async operation =>
            {
                var line = operation.Line;
                var organization = new NewOrganization(
                    line.GetRequiredValue(name),
                    limits.PlanOf(line, line.GetRequiredValue(plan)),
                    line.GetValue(credits)
                );
                var id = await operation.Use<CreateOrganization>().RunAsync(organization, operation.Cancellation);
                await operation.AuditAsync(id, "organization.create", PublicId.Organization(id), organization.Name);
                var next = $"pushbell service create --organization {PublicId.Organization(id)} --identifier my-app";
                return await ShowAsync(operation, id, $"Created. Next: {next}");
            }
        );
    }

    private static Command List(CommandRunner runner) =>
        runner.Runs(
            new Command("list", "All organizations, the oldest first."),
            async operation =>
            {
                var all = await operation.Use<OrganizationQueries>().ListAsync(operation.Cancellation);
                return new OrganizationsAnswer([.. all.Select(OrganizationAnswer.Of)]).ToAnswer();
            }
        );

    /// <summary>The organization as it is now.</summary>
    public static async Task<Answer> ShowAsync(Operation operation, long organization, string heading)
    {
        var stored = await operation.Use<OrganizationQueries>().FindAsync(organization, operation.Cancellation);
        return OrganizationAnswer.Of(stored!).ToAnswer(heading);
    }
}
