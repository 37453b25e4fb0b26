using System.CommandLine;
using Pushbell.Dispatch;
using Pushbell.Dispatch.Alarms;
using Pushbell.Dispatch.Delivery;

namespace Pushbell.Server.Cli;

/// <summary><c>pushbell alarm list|resolve</c></summary>
internal static class AlarmCommands
{
    public static Command Create(CommandRunner runner) =>
        new("alarm", "What somebody should look at: push services that refuse everything, or declare too many subscriptions gone.")
        {
            List(runner),
            Resolve(runner),
        };

    private static Command List(CommandRunner runner)
    {
        var organization = Tenants.OrganizationOption();
        return runner.Runs(
            new Command("list", "Open alarms first, then resolved ones, the newest first.") { organization },
            async operation =>
                (await Tenants.OrganizationAsync(operation, organization)).TryGet(out var tenant, out var failure)
                    ? AlarmsAnswer.Of(await operation.Use<AlarmBoard>().ListAsync(tenant.Id, operation.Cancellation)).ToAnswer()
                    : failure
        );
    }

    private static Command Resolve(CommandRunner runner)
    {
        var id = new Argument<string>("alarm") { HelpName = "alm_…", Description = "The alarm, as 'alarm list' shows it." };
        var expire = new Option<bool>("--expire")
        {
            Description = "Too many gone: they are really gone. Without it they become active again.",
        };
        var organization = Tenants.OrganizationOption();
        return runner.Runs(
            new Command("resolve", "Say that the cause is mended: sending goes on, and what was kept aside becomes active again.") { id, expire, organization },
            async operation =>
            {
                if (!(await Tenants.OrganizationAsync(operation, organization)).TryGet(out var tenant, out var failure))
                {
                    return failure;
                }

                var text = operation.Line.GetValue(id)!;
                var restore = !operation.Line.GetValue(expire);
                if (
                    !PublicId.TryAlarm(text, out var alarm)
                    || await operation.Use<Quarantine>().ResolveAsync(tenant.Id, alarm, restore, operation.Cancellation) is not { } registrations
                )
                {
                    return new Failure.NotFound($"There is no open alarm '{text}'. See: pushbell alarm list.");
                }

                await operation.AuditAsync(tenant.Id, "alarm.resolve", text, restore ? "active again" : "expired");
                return ResolvedAnswer.Of(alarm, registrations, restore).ToAnswer();
            }
        );
    }
}
