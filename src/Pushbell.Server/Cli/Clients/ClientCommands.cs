using System.CommandLine;
using Pushbell.Dispatch;
using Pushbell.Dispatch.Organizations;
using Pushbell.Dispatch.Registrations;

namespace Pushbell.Server.Cli.Clients;

/// <summary><c>pushbell clients list|show|deregister|why</c></summary>
internal static class ClientCommands
{
    private const int ListLines = 20, MostListLines = 1_000, MostReason = 255;
    private static readonly string[] Statuses = [.. Enum.GetValues<RegistrationStatus>().Select(ClientAnswer.NameOf)];

    public static Command Create(CommandRunner runner) =>
        new("clients", "Registrations: the browsers and installed PWAs that can be reached.") { List(runner), Show(runner), Deregister(runner), WhyCommand.Create(runner) };

    private static Command List(CommandRunner runner)
    {
        var (organization, service) = (Tenants.OrganizationOption(), Tenants.ServiceOption());
        var status = new Option<string?>("--status") { HelpName = string.Join('|', Statuses), Description = "Only these." };
        status.AcceptOnlyFromAmong(Statuses);
        var email = new Option<string?>("--email") { HelpName = "EMAIL", Description = "Only this person's." }.Checked(text =>
            SubscriberEmails.Normalize(text) is null ? $"'{text}' is not an email address." : null
        );
        var limit = Checks.LimitOption(ListLines, MostListLines);
        var after = new Option<string?>("--after") { HelpName = "reg_…", Description = "Only older ones than this." }.Checked(text =>
            PublicId.TryRegistration(text, out _) ? null : $"'{text}' is no client."
        );
        return runner.Runs(
            new Command("list", "The newest first.") { organization, service, status, email, limit, after },
            async operation =>
            {
                if (!(await Tenants.CallerAsync(operation, organization, service)).TryGet(out var caller, out var failure))
                {
                    return failure;
                }

                var line = operation.Line;
                var most = Checks.LimitOf(line, limit);
                var filter = new RegistrationFilter
                {
                    Status = line.GetValue(status) is { } name ? Enum.Parse<RegistrationStatus>(name, ignoreCase: true) : null,
                    Email = line.GetValue(email) is { } address ? SubscriberEmails.Normalize(address) : null,
                    After = line.GetValue(after) is { } cursor && PublicId.TryRegistration(cursor, out var before) ? before : null,
                    Limit = most + 1,
                };
                var page = await operation.Use<RegistrationQueries>().ListAsync(caller, filter, operation.Cancellation);
                var shown = page.Registrations.Take(most).Select(ClientAnswer.Of).ToArray();
                return new ClientsAnswer(shown, page.Total, page.Registrations.Count > most ? shown[^1].RegistrationId : null).ToAnswer();
            }
        );
    }

    private static Command Show(CommandRunner runner)
    {
        var (id, organization, service) = (IdArgument(), Tenants.OrganizationOption(), Tenants.ServiceOption());
        return runner.Runs(
            new Command("show", "What is known of one.") { id, organization, service },
            async operation =>
            {
                if (!(await Tenants.CallerAsync(operation, organization, service)).TryGet(out var caller, out var failure))
                {
                    return failure;
                }

                var text = operation.Line.GetRequiredValue(id);
                return PublicId.TryRegistration(text, out var number)
                    ? await ShowAsync(operation, caller, number, "As of now:")
                    : Unknown(text);
            }
        );
    }

    private static Command Deregister(CommandRunner runner)
    {
        var (id, organization, service) = (IdArgument(), Tenants.OrganizationOption(), Tenants.ServiceOption());
        var reason = new Option<string>("--reason")
        {
            HelpName = "TEXT",
            Description = "Why; shown with the client.",
            DefaultValueFactory = _ => "deregistered",
        }.Checked(text => text.Length is 0 or > MostReason ? $"must have 1 to {MostReason} characters." : null);
        return runner.Runs(
            new Command("deregister", "Send to it no more, until its browser registers anew. Again changes nothing.") { id, organization, service, reason },
            async operation =>
            {
                if (!(await Tenants.CallerAsync(operation, organization, service)).TryGet(out var caller, out var failure))
                {
                    return failure;
                }

                var text = operation.Line.GetRequiredValue(id);
                var why = operation.Line.GetRequiredValue(reason);
                if (
                    !PublicId.TryRegistration(text, out var number)
                    || !await operation.Use<EndRegistration>().DeregisterAsync(caller, number, why, operation.Cancellation)
                )
                {
                    return Unknown(text);
                }

                await operation.AuditAsync(caller.OrganizationId, "client.deregister", text, why);
                return await ShowAsync(operation, caller, number, "Deregistered.");
            }
        );
    }

    private static async Task<Result<Answer>> ShowAsync(Operation operation, Caller caller, long id, string heading) =>
        await operation.Use<RegistrationQueries>().FindAsync(caller, id, operation.Cancellation) is { } registration
            ? ClientAnswer.Of(registration).ToAnswer(heading)
            : Unknown(PublicId.Registration(id));

    private static Failure.NotFound Unknown(string text) => new($"There is no client '{text}'. See: pushbell clients list");

    private static Argument<string> IdArgument() => new("client") { HelpName = "reg_…", Description = "As 'clients list' shows it." };
}
