using System.CommandLine;
using Pushbell.Dispatch;
using Pushbell.Dispatch.Organizations;
using Pushbell.Dispatch.Storage;

namespace Pushbell.Server.Cli;

/// <summary><c>pushbell credits add|statement</c></summary>
internal static class CreditCommands
{
    private const int StatementLines = 20, MostStatementLines = 10_000;

    public static Command Create(CommandRunner runner) =>
        new("credits", "Prepaid credits, one per accepted delivery.") { Add(runner), Statement(runner) };

    private static Command Add(CommandRunner runner)
    {
        var amount = new Argument<long?>("amount")
        {
            HelpName = "N",
            Description = "How many.",
            CustomParser = Checks.WholeNumber("amount", 1, Credits.MostAtOnce),
        };
        var note = new Option<string?>("--note") { HelpName = "TEXT", Description = "Why; kept in the statement." }.Checked(TenantRules.NameProblem);
        var organization = Tenants.OrganizationOption();
        return runner.Runs(
            new Command("add", "Top up. An organization that was not metered is from now on.") { amount, note, organization },
            async operation =>
            {
                if (!(await Tenants.OrganizationAsync(operation, organization)).TryGet(out var tenant, out var failure))
                {
                    return failure;
                }

                var (line, credits) = (operation.Line, operation.Use<Credits>());
                await operation
                    .Use<Database>()
                    .WriteAsync(
                        session => credits.TopUpAsync(session, tenant.Id, line.GetValue(amount)!.Value, line.GetValue(note)),
                        operation.Cancellation
                    );
                await operation.AuditAsync(tenant.Id, "credits.top-up", PublicId.Organization(tenant.Id), $"{line.GetValue(amount)}");
                return await ShowAsync(operation, tenant.Id, 1);
            }
        );
    }

    private static Command Statement(CommandRunner runner)
    {
        var limit = new Option<long?>("--limit")
        {
            HelpName = "N",
            Description = "How many movements to list.",
            DefaultValueFactory = _ => StatementLines,
            CustomParser = Checks.WholeNumber("--limit", 1, MostStatementLines),
        };
        var organization = Tenants.OrganizationOption();
        return runner.Runs(
            new Command("statement", "Every movement with the balances it left, the newest first, and the totals.") { limit, organization },
            async operation =>
                (await Tenants.OrganizationAsync(operation, organization)).TryGet(out var tenant, out var failure)
                    ? await ShowAsync(operation, tenant.Id, (int)operation.Line.GetValue(limit)!.Value)
                    : failure
        );
    }

    private static async Task<Answer> ShowAsync(Operation operation, long organization, int limit)
    {
        var statement = await operation.Use<CreditQueries>().StatementAsync(organization, limit, operation.Cancellation);
        return StatementAnswer.Of(organization, statement).ToAnswer();
    }
}
