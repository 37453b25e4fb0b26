using System.CommandLine;
using Pushbell.Dispatch;
using Pushbell.Dispatch.Registrations;
using Pushbell.Dispatch.Troubleshooting;

namespace Pushbell.Server.Cli.Clients;

/// <summary><c>pushbell clients why</c></summary>
internal static class WhyCommand
{
    public static Command Create(CommandRunner runner)
    {
        var (organization, service) = (Tenants.OrganizationOption(), Tenants.ServiceOption());
        var person = new Argument<string>("person")
        {
            HelpName = "EMAIL|reg_…|USER-ID",
            Description = "An email address, a client, or else your own id of a person.",
        };
        return runner.Runs(
            new Command("why", "Why was this person not reached? What stands in the way, and what to do.") { person, organization, service },
            async operation =>
            {
                if (!(await Tenants.CallerAsync(operation, organization, service)).TryGet(out var caller, out var failure))
                {
                    return failure;
                }

                var meant = Understand(operation.Line.GetRequiredValue(person));
                return DiagnosisAnswer.Of(await operation.Use<Troubleshooter>().RunAsync(caller, meant, operation.Cancellation)).ToAnswer();
            }
        );
    }

    private static Person Understand(string text) =>
        PublicId.TryRegistration(text, out var id) ? new Person.Client(id)
        : SubscriberEmails.Normalize(text) is { } email ? new Person.Email(email)
        : new Person.UserId(text);
}
