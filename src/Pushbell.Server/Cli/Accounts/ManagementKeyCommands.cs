using System.CommandLine;
using Pushbell.Dispatch;
using Pushbell.Dispatch.Accounts;
using Pushbell.Dispatch.Audit;
using Pushbell.Dispatch.Organizations;

namespace Pushbell.Server.Cli.Accounts;

/// <summary><c>pushbell management-key create|list|revoke</c></summary>
internal static class ManagementKeyCommands
{
    private static readonly string[] Roles = [.. RoleNames.All.Where(role => role != RoleNames.Of(Role.Owner))];

    public static Command Create(CommandRunner runner) =>
        new("management-key", "Keys for programs that manage: X-Management-Key under /manage.") { New(runner), List(runner), Revoke(runner) };

    private static Command New(CommandRunner runner)
    {
        var (organization, ofOperator) = Owners();
        var role = new Option<string?>("--role") { HelpName = string.Join('|', Roles), Description = "What it may do in the organization." };
        role.AcceptOnlyFromAmong(Roles);
        var name = new Option<string>("--name")
        {
            HelpName = "NAME",
            Description = "What it is for.",
            DefaultValueFactory = _ => "command line",
        }.Checked(TenantRules.NameProblem);
        var command = new Command("create", "Make a management key.") { organization, ofOperator, role, name };
        command.Validators.Add(line =>
        {
            if (line.GetResult(role) is null == line.GetResult(ofOperator) is null)
            {
                line.AddError("Give --role for an organization's key, or --operator for one that may do everything in every organization.");
            }
        });
        return runner.Runs(
            command,
            operation =>
                RunAsync(
                    operation,
                    organization,
                    ofOperator,
                    async owner =>
                    {
                        var (key, text) = await operation
                            .Use<ManagementKeys>()
                            .CreateAsync(
                                owner,
                                operation.Line.GetRequiredValue(name),
                                RoleNames.Find(operation.Line.GetValue(role)) ?? Role.Owner,
                                Act.OfCommandLine("management-key.create"),
                                operation.Cancellation
                            );
                        return (ManagementKeyAnswer.Of(key, owner) with { Key = text }).ToAnswer(
                            $"Created. The key is shown this once; only its hash is kept.\n\n  {text}\n\nUse it as X-Management-Key under /manage, on servers only."
                        );
                    }
                )
        );
    }

    private static Command List(CommandRunner runner)
    {
        var (organization, ofOperator) = Owners();
        return runner.Runs(
            new Command("list", "The management keys of an organization, or the operator's, the oldest first, revoked ones too.") { organization, ofOperator },
            operation =>
                RunAsync(
                    operation,
                    organization,
                    ofOperator,
                    async owner =>
                        new ManagementKeysAnswer(
                            [
                                .. (await operation.Use<ManagementKeys>().ListAsync(owner, operation.Cancellation)).Select(key =>
                                    ManagementKeyAnswer.Of(key, owner)
                                ),
                            ]
                        ).ToAnswer()
                )
        );
    }

    private static Command Revoke(CommandRunner runner)
    {
        var (organization, ofOperator) = Owners();
        var key = new Argument<string>("key") { HelpName = "mkey_…", Description = "As 'management-key list' shows it." };
        return runner.Runs(
            new Command("revoke", "Refuse a management key from its next request on. Revoking it again changes nothing.") { key, organization, ofOperator },
            operation =>
                RunAsync(
                    operation,
                    organization,
                    ofOperator,
                    async owner =>
                    {
                        var text = operation.Line.GetRequiredValue(key);
                        return PublicId.TryManagementKey(text, out var id)
                            && await operation
                                .Use<ManagementKeys>()
                                .RevokeAsync(owner, id, Act.OfCommandLine("management-key.revoke"), operation.Cancellation)
                                is { } revoked
                            ? ManagementKeyAnswer.Of(revoked, owner).ToAnswer($"{text} (…{revoked.Hint}) is revoked; requests with it are refused.")
                            : new Failure.NotFound($"There is no management key '{text}'. See: pushbell management-key list");
                    }
                )
        );
    }

    private static (Option<string?> Organization, Option<bool> OfOperator) Owners() =>
        (
            Tenants.OrganizationOption(),
            new Option<bool>("--operator") { Description = "The operator's, above all organizations, in place of an organization's." }
        );

    /// <summary>With the organization that is meant; null for the operator.</summary>
    private static async Task<Result<Answer>> RunAsync(
        Operation operation,
        Option<string?> organization,
        Option<bool> ofOperator,
        Func<long?, Task<Result<Answer>>> run
    )
    {
        if (operation.Line.GetValue(ofOperator))
        {
            return await run(null);
        }

        return (await Tenants.OrganizationAsync(operation, organization)).TryGet(out var tenant, out var failure) ? await run(tenant.Id) : failure;
    }
}
