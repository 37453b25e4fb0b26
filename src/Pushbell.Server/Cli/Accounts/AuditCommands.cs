using System.CommandLine;
using Pushbell.Dispatch.Audit;

namespace Pushbell.Server.Cli.Accounts;

/// <summary><c>pushbell audit list</c></summary>
internal static class AuditCommands
{
    private const int Lines = 50, MostLines = 10_000;

    public static Command Create(CommandRunner runner) => new("audit", "Who changed what.") { List(runner) };

    private static Command List(CommandRunner runner)
    {
        var organization = Tenants.OrganizationOption();
        var installation = new Option<bool>("--installation")
        {
            Description = "What belongs to no organization: sign-ins, accounts, operators and their keys.",
        };
        var limit = new Option<long?>("--limit")
        {
            HelpName = "N",
            Description = "How many entries to list.",
            DefaultValueFactory = _ => Lines,
            CustomParser = Checks.WholeNumber("--limit", 1, MostLines),
        };
        return runner.Runs(
            new Command("list", "The audit log of an organization, or of the installation, the newest first.") { organization, installation, limit },
            async operation =>
            {
                var whose = AuditLog.Installation;
                if (!operation.Line.GetValue(installation))
                {
                    if (!(await Tenants.OrganizationAsync(operation, organization)).TryGet(out var tenant, out var failure))
                    {
                        return failure;
                    }

                    whose = tenant.Id;
                }

                var most = (int)operation.Line.GetValue(limit)!.Value;
                var entries = await operation.Use<AuditLog>().ListAsync(whose, most, after: null, operation.Cancellation);
                return new AuditAnswer([.. entries.Select(AuditEntryAnswer.Of)]).ToAnswer();
            }
        );
    }
}
