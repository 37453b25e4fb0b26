using System.CommandLine;
using Pushbell.Dispatch;
using Pushbell.Dispatch.Notifications;
using Pushbell.Dispatch.Organizations;

namespace Pushbell.Server.Cli.Notifications;

/// <summary><c>pushbell notification list|show|deliveries|cancel</c></summary>
internal static class NotificationCommands
{
    private const int ListLines = 20, MostListLines = 1_000, DeliveryLines = 100, MostDeliveryLines = 1_000_000;
    private static readonly string[] Outcomes = [.. Enum.GetValues<DeliveryEnd>().Select(DeliveryAnswer.NameOf)];

    public static Command Create(CommandRunner runner) =>
        new("notification", "Accepted sends, and what became of them.")
        {
            List(runner),
            Show(runner),
            Deliveries(runner),
            Cancel(runner),
        };

    private static Command List(CommandRunner runner)
    {
        var (organization, service) = (Tenants.OrganizationOption(), Tenants.ServiceOption());
        var limit = Checks.LimitOption(ListLines, MostListLines);
        var after = new Option<string?>("--after") { HelpName = "req_…", Description = "Only older ones than this." }.Checked(text =>
            PublicId.TryNotification(text, out _) ? null : $"'{text}' is no notification."
        );
        return runner.Runs(
            new Command("list", "The newest first.") { organization, service, limit, after },
            async operation =>
            {
                if (!(await Tenants.CallerAsync(operation, organization, service)).TryGet(out var caller, out var failure))
                {
                    return failure;
                }

                var most = Checks.LimitOf(operation.Line, limit);
                long? before = operation.Line.GetValue(after) is { } text && PublicId.TryNotification(text, out var id) ? id : null;
                var page = await operation.Use<NotificationQueries>().ListAsync(caller, most + 1, before, operation.Cancellation);
                return NotificationsAnswer.Of(page, most).ToAnswer();
            }
        );
    }

    private static Command Show(CommandRunner runner)
    {
        var (id, organization, service) = (IdArgument(), Tenants.OrganizationOption(), Tenants.ServiceOption());
        return runner.Runs(
            new Command("show", "Where one stands: its outcomes, and what browsers reported.") { id, organization, service },
            async operation =>
                (await FindAsync(operation, id, organization, service)).TryGet(out var found, out var failure)
                    ? NotificationAnswer.Of(found.Notification).ToAnswer("As of now:")
                    : failure
        );
    }

    private static Command Deliveries(CommandRunner runner)
    {
        var (id, organization, service) = (IdArgument(), Tenants.OrganizationOption(), Tenants.ServiceOption());
        var outcome = new Option<string?>("--outcome") { HelpName = string.Join('|', Outcomes), Description = "Only those that ended so." };
        outcome.AcceptOnlyFromAmong(Outcomes);
        var limit = Checks.LimitOption(DeliveryLines, MostDeliveryLines);
        return runner.Runs(
            new Command("deliveries", "What became of each recipient, and why.") { id, organization, service, outcome, limit },
            async operation =>
            {
                if (!(await FindAsync(operation, id, organization, service)).TryGet(out var found, out var failure))
                {
                    return failure;
                }

                var most = Checks.LimitOf(operation.Line, limit);
                DeliveryEnd? only = operation.Line.GetValue(outcome) is { } name ? Enum.Parse<DeliveryEnd>(name, ignoreCase: true) : null;
                var page = await operation
                    .Use<DeliveryQueries>()
                    .ListAsync(found.Caller, found.Notification.Id, only, after: null, most + 1, operation.Cancellation);
                var shown = page.Take(most).Select(DeliveryAnswer.Of).ToArray();
                return new DeliveriesAnswer(PublicId.Notification(found.Notification.Id), shown, page.Count > most).ToAnswer();
            }
        );
    }

    private static Command Cancel(CommandRunner runner)
    {
        var (id, organization, service) = (IdArgument(), Tenants.OrganizationOption(), Tenants.ServiceOption());
        return runner.Runs(
            new Command("cancel", "Recall one: what has not been accepted ends cancelled, what a push service still holds is withdrawn. Again changes nothing.")
            {
                id, organization, service,
            },
            async operation =>
            {
                if (!(await FindAsync(operation, id, organization, service)).TryGet(out var found, out var failure))
                {
                    return failure;
                }

                var result = await operation.Use<CancelNotification>().RunAsync(found.Caller, found.Notification.Id, operation.Cancellation);
                if (!result.TryGet(out var cancelled, out var refused))
                {
                    return refused;
                }

                await operation.AuditAsync(found.Caller.OrganizationId, "notification.cancel", PublicId.Notification(cancelled.Id));
                return NotificationAnswer.Of(cancelled).ToAnswer("Recalled.");
            }
        );
    }

    private static async Task<Result<Found>> FindAsync(
        Operation operation,
        Argument<string> id,
        Option<string?> organization,
        Option<string?> service
    )
    {
        if (!(await Tenants.CallerAsync(operation, organization, service)).TryGet(out var caller, out var failure))
        {
            return failure;
        }

        var text = operation.Line.GetRequiredValue(id);
        return PublicId.TryNotification(text, out var number)
            && await operation.Use<NotificationQueries>().FindAsync(caller, number, operation.Cancellation) is { } notification
            ? new Found(caller, notification)
            : new Failure.NotFound($"There is no notification '{text}'. See: pushbell notification list");
    }

    private static Argument<string> IdArgument() =>
        new("notification") { HelpName = "req_…", Description = "As 'send' answered, and 'notification list' shows it." };

    private sealed record Found(Caller Caller, Notification Notification);
}
