using System.CommandLine;
using Pushbell.Dispatch;
using Pushbell.Dispatch.Notifications;
using Pushbell.Dispatch.Organizations;
using Pushbell.Dispatch.Storage;
using Pushbell.Server.Cli.Notifications;
using Pushbell.Server.Hosting;
using Pushbell.Server.Hosting.Sending;

namespace Pushbell.Server.Cli.Sending;

/// <summary><c>pushbell send</c></summary>
internal static class SendCommand
{
    private const int LongestWait = 7 * 24 * 60 * 60;

    public static Command Create(CommandRunner runner)
    {
        var (organization, service, content, target) = (Tenants.OrganizationOption(), Tenants.ServiceOption(), new ContentOptions(), new TargetOptions());
        var at = new Option<string?>("--at") { HelpName = "MOMENT", Description = "Begin then, e.g. 2030-01-31T08:00:00Z; quota and credits are reserved now." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Check and count everything, send and keep nothing." };
        var wait = new Option<bool>("--wait") { Description = "Wait until every delivery has ended, and tell by the exit code how." };
        var timeout = new Option<long?>("--timeout")
        {
            HelpName = "SECONDS",
            Description = "Wait no longer than this; the deliveries go on.",
            CustomParser = Checks.WholeNumber("--timeout", 1, LongestWait),
        };
        var command = new Command("send", "Send a notification: accepted at once, delivered by the running server.");
        target.AddTo(command);
        foreach (var option in (IEnumerable<Option>)[.. content.All, at, dryRun, wait, timeout, organization, service])
        {
            command.Add(option);
        }

        command.Validators.Add(line =>
        {
            if (line.GetResult(timeout) is not null && !line.GetValue(wait))
            {
                line.AddError("--timeout is for --wait only.");
            }

            if (line.GetValue(dryRun) && line.GetValue(wait))
            {
                line.AddError("--dry-run sends nothing that --wait could wait for.");
            }
        });
        return runner.Runs(
            command,
            async operation =>
            {
                var line = operation.Line;
                if (!(await Tenants.CallerAsync(operation, organization, service)).TryGet(out var caller, out var failure))
                {
                    return failure;
                }

                var body = await target.AimAsync(content.ToBody(line), line, operation.Cancellation);
                body = body with { SendAt = line.GetValue(at), DryRun = line.GetValue(dryRun), AsyncMode = true };
                if (!(await AcceptAsync(operation, caller, body)).TryGet(out var accepted, out var refused))
                {
                    return refused;
                }

                if (accepted.IsDryRun)
                {
                    return NotificationAnswer.OfDryRun(accepted.Notification).ToAnswer("Dry run: everything was checked, nothing was sent.");
                }

                await NoteAsync(operation, caller, accepted.Notification);
                var patience = line.GetValue(timeout) is { } seconds ? TimeSpan.FromSeconds(seconds) : Timeout.InfiniteTimeSpan;
                return line.GetValue(wait)
                    ? await DeliveryWait.RunAsync(operation, caller, accepted.Notification, patience)
                    : NotificationAnswer.Of(accepted.Notification).ToAnswer(accepted.Notification.TotalTargets == 0 ? DeliveryWait.Nobody : "Accepted; a running server delivers it.");
            }
        );
    }

    /// <summary>In the audit log. A database that has gone away since must not hide that the send was accepted.</summary>
    private static async Task NoteAsync(Operation operation, Caller caller, Notification notification)
    {
        try
        {
            await operation.AuditAsync(caller.OrganizationId, "notification.send", PublicId.Notification(notification.Id));
        }
        catch (StorageOutageException exception)
        {
            await operation.Line.InvocationConfiguration.Error.WriteLineAsync($"Accepted, but not noted in the audit log. {exception.Message}");
        }
    }

    /// <summary>As the APIs do it: the same rules, and the one admission transaction.</summary>
    private static async Task<Result<AcceptedNotification>> AcceptAsync(Operation operation, Caller caller, SendBody body)
    {
        if (!caller.ServiceIsOn)
        {
            return new Failure.Forbidden($"{KeyGate.SwitchedOff} See: pushbell service set --on");
        }

        // Ctrl+C comes too late from here on: it would leave open whether the send was accepted.
        return body.ToRequest(caller, operation.Use<TimeProvider>().GetUtcNow()).TryGet(out var request, out var invalid)
            ? await operation.Use<AcceptNotification>().RunAsync(request, CancellationToken.None)
            : invalid;
    }
}
