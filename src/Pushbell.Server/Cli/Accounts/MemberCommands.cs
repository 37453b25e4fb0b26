using System.CommandLine;
using Pushbell.Dispatch;
using Pushbell.Dispatch.Accounts;
using Pushbell.Dispatch.Audit;

namespace Pushbell.Server.Cli.Accounts;

/// <summary><c>pushbell member invite|list|role|remove</c></summary>
internal static class MemberCommands
{
    public static Command Create(CommandRunner runner) =>
        new("member", "Who may do what in an organization.") { Invite(runner), List(runner), ChangeRole(runner), Remove(runner) };

    private static Command Invite(CommandRunner runner)
    {
        var (email, role, organization) = (AccountCommands.EmailArgument(), RoleArgument(), Tenants.OrganizationOption());
        return runner.Runs(
            new Command("invite", "Make a link by which somebody becomes a member: good once, for seven days. Hand it over yourself.") { email, role, organization },
            async operation =>
            {
                if (!(await Tenants.OrganizationAsync(operation, organization)).TryGet(out var tenant, out var failure))
                {
                    return failure;
                }

                var whom = AccountCommands.EmailOf(operation, email);
                var made = await operation
                    .Use<Invitations>()
                    .CreateAsync(tenant.Id, whom, RoleOf(operation, role), Role.Owner, Act.OfCommandLine("member.invite"), operation.Cancellation);
                return made.TryGet(out var invitation, out var refused)
                    ? LinkAnswer
                        .Of(operation, whom, invitation.Token, DateTimeOffset.FromUnixTimeMilliseconds(invitation.Invitation.ExpiresAt))
                        .ToAnswer($"Invited to {tenant.Name}, as {invitation.Invitation.Role}.")
                    : refused;
            }
        );
    }

    private static Command List(CommandRunner runner)
    {
        var organization = Tenants.OrganizationOption();
        return runner.Runs(
            new Command("list", "The members of an organization, the oldest first.") { organization },
            async operation =>
                (await Tenants.OrganizationAsync(operation, organization)).TryGet(out var tenant, out var failure)
                    ? new MembersAnswer(
                        [.. (await operation.Use<Members>().ListAsync(tenant.Id, operation.Cancellation)).Select(MemberAnswer.Of)]
                    ).ToAnswer()
                    : failure
        );
    }

    private static Command ChangeRole(CommandRunner runner)
    {
        var (email, role, organization) = (AccountCommands.EmailArgument(), RoleArgument(), Tenants.OrganizationOption());
        return runner.Runs(
            new Command("role", "Give a member another role, from the next request on.") { email, role, organization },
            operation =>
                ChangeAsync(
                    operation,
                    organization,
                    email,
                    (tenant, account) =>
                        operation
                            .Use<Members>()
                            .ChangeRoleAsync(tenant, account, RoleOf(operation, role), Role.Owner, Act.OfCommandLine("member.role"), operation.Cancellation),
                    "Changed."
                )
        );
    }

    private static Command Remove(CommandRunner runner)
    {
        var (email, organization) = (AccountCommands.EmailArgument(), Tenants.OrganizationOption());
        return runner.Runs(
            new Command("remove", "Take a member out of an organization. The account itself stays.") { email, organization },
            operation =>
                ChangeAsync(
                    operation,
                    organization,
                    email,
                    (tenant, account) =>
                        operation.Use<Members>().RemoveAsync(tenant, account, Role.Owner, Act.OfCommandLine("member.remove"), operation.Cancellation),
                    "Removed."
                )
        );
    }

    private static async Task<Result<Answer>> ChangeAsync(
        Operation operation,
        Option<string?> organization,
        Argument<string> email,
        Func<long, long, Task<Result<MemberInfo>>> change,
        string heading
    )
    {
        if (!(await Tenants.OrganizationAsync(operation, organization)).TryGet(out var tenant, out var failure))
        {
            return failure;
        }

        var whose = AccountCommands.EmailOf(operation, email);
        if (await operation.Use<Members>().FindAsync(tenant.Id, whose, operation.Cancellation) is not { } known)
        {
            return new Failure.NotFound($"{tenant.Name} has no member '{whose}'. See: pushbell member list");
        }

        return (await change(tenant.Id, known.AccountId)).TryGet(out var member, out var refused) ? MemberAnswer.Of(member).ToAnswer(heading) : refused;
    }

    private static Argument<string> RoleArgument()
    {
        var role = new Argument<string>("role")
        {
            HelpName = string.Join('|', RoleNames.All),
            Description = "viewer looks; sender sends; admin sets up services, keys and members; owner does everything.",
        };
        role.AcceptOnlyFromAmong([.. RoleNames.All]);
        return role;
    }

    private static Role RoleOf(Operation operation, Argument<string> role) => RoleNames.Find(operation.Line.GetRequiredValue(role))!.Value;
}
