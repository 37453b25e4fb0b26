using System.CommandLine;
using Pushbell.Dispatch;
using Pushbell.Dispatch.Organizations;

namespace Pushbell.Server.Cli;

/// <summary><c>pushbell service create|list|set</c></summary>
internal static class ServiceCommands
{
    public static Command Create(CommandRunner runner) =>
        new("service", "The PWAs of an organization: their origins, contact and VAPID keys.") { New(runner), List(runner), Set(runner) };

    private static Command New(CommandRunner runner)
    {
        var organization = Tenants.OrganizationOption();
        var identifier = new Option<string>("--identifier")
        {
            Required = true,
            HelpName = "my-app",
            Description = "Lower-case letters, digits and hyphens; unique in the installation.",
        }.Checked(TenantRules.IdentifierProblem);
        var (name, contact) = (NameOption(), ContactOption());
        var origins = OriginsOption("--origin", "A web origin that may register browsers; may be given again.");
        var command = new Command("create", "Make a service, with VAPID keys of its own.") { organization, identifier, name, contact, origins };
        return runner.Runs(
            command,
            async operation =>
            {
                if (!(await Tenants.OrganizationAsync(operation, organization)).TryGet(out var tenant, out var failure))
                {
                    return failure;
                }

                var line = operation.Line;
                var service = new NewService(line.GetRequiredValue(identifier)) { Origins = line.GetValue(origins) ?? [] };
                service = service with
                {
                    Name = line.GetValue(name) ?? service.Name,
                    ContactEmail = line.GetValue(contact) ?? service.ContactEmail,
                };
                var created = await operation.Use<CreateService>().RunAsync(tenant.Id, service, operation.Cancellation);
                if (!created.TryGet(out var id, out var refused))
                {
                    return refused;
                }

                await operation.AuditAsync(tenant.Id, "service.create", PublicId.Service(id), service.Identifier);
                return await ShowAsync(operation, tenant.Id, id, $"Created. Next: pushbell key create --kind secret --service {service.Identifier}");
            }
        );
    }

    private static Command List(CommandRunner runner)
    {
        var organization = Tenants.OrganizationOption();
        return runner.Runs(
            new Command("list", "The services of an organization, the oldest first.") { organization },
            async operation =>
            {
                if (!(await Tenants.OrganizationAsync(operation, organization)).TryGet(out var tenant, out var failure))
                {
                    return failure;
                }

                var answers = new List<ServiceAnswer>();
                foreach (var service in await operation.Use<ServiceQueries>().ListAsync(tenant.Id, operation.Cancellation))
                {
                    answers.Add(await ServiceAnswer.OfAsync(operation, service));
                }

                return new ServicesAnswer(answers).ToAnswer();
            }
        );
    }

    private static Command Set(CommandRunner runner)
    {
        var (organization, service, name, contact) = (Tenants.OrganizationOption(), Tenants.ServiceOption(), NameOption(), ContactOption());
        var origins = OriginsOption("--origin", "The allowed origins from now on, in place of those before; may be given again.");
        var added = OriginsOption("--add-origin", "One more allowed origin; may be given again.");
        var removed = OriginsOption("--remove-origin", "An origin that is allowed no more; may be given again.");
        var (identity, browser) = (new ServiceIdentityOptions(), new ServiceBrowserOptions());
        var on = new Option<bool>("--on") { Description = "Switch the service on." };
        var off = new Option<bool>("--off") { Description = "Switch it off: every request with one of its keys is refused." };
        var command = new Command("set", "Change a service; what is left out stays.")
        {
            organization, service, name, contact, origins, added, removed, identity.Mode, identity.Secret, identity.PublicKey, browser.ThemeColor,
            browser.BackgroundColor, browser.ClickLinks, on, off,
        };
        identity.AddRules(command);
        command.Validators.Add(line =>
        {
            bool Given(Option option) => line.GetResult(option) is not null;
            if (Given(on) && Given(off))
            {
                line.AddError("--on and --off exclude each other.");
            }

            if (Given(origins) && (Given(added) || Given(removed)))
            {
                line.AddError("--origin replaces the whole list; give it without --add-origin and --remove-origin.");
            }

            if (!new Option[] { name, contact, origins, added, removed, identity.Mode, browser.ThemeColor, browser.BackgroundColor, browser.ClickLinks, on, off }.Any(Given))
            {
                line.AddError("Nothing to change.");
            }
        });
        return runner.Runs(
            command,
            async operation =>
            {
                if (!(await Tenants.ServiceAsync(operation, organization, service)).TryGet(out var changed, out var failure))
                {
                    return failure;
                }

                if (browser.Refusal(operation) is { } refused)
                {
                    return refused;
                }

                var line = operation.Line;
                var change = new ServiceChange
                {
                    Name = line.GetValue(name),
                    ContactEmail = line.GetValue(contact),
                    ThemeColor = line.GetValue(browser.ThemeColor),
                    BackgroundColor = line.GetValue(browser.BackgroundColor),
                    ClickLinks = browser.ClickLinksOf(line),
                    IsActive = line.GetValue(on) ? true : line.GetValue(off) ? false : null,
                    Identity = identity.ModeOf(line),
                    IdentityKey = identity.KeyOf(line),
                    Origins = line.GetResult(origins) is null ? null : line.GetValue(origins),
                    AddedOrigins = line.GetValue(added) ?? [],
                    RemovedOrigins = line.GetValue(removed) ?? [],
                };
                await operation.Use<ChangeService>().RunAsync(changed.OrganizationId, changed.Id, change, operation.Cancellation);
                await operation.AuditAsync(changed.OrganizationId, "service.change", PublicId.Service(changed.Id));
                return await ShowAsync(operation, changed.OrganizationId, changed.Id, "Changed.");
            }
        );
    }

    private static Option<string?> NameOption() =>
        new Option<string?>("--name") { HelpName = "NAME", Description = "For people; made of the identifier when left out of a new service." }
            .Checked(TenantRules.NameProblem);

    private static Option<string?> ContactOption() =>
        new Option<string?>("--contact") { HelpName = "EMAIL", Description = "Push services may write to it; Apple refuses placeholders." }
            .Checked(TenantRules.ContactProblem);

    private static Option<string[]> OriginsOption(string name, string description) =>
        new Option<string[]>(name) { HelpName = "URL", Description = description }.Checked(TenantRules.OriginProblem);

    private static async Task<Answer> ShowAsync(Operation operation, long organization, long service, string heading)
    {
        var stored = await operation.Use<ServiceQueries>().GetAsync(organization, service, operation.Cancellation);
        return (await ServiceAnswer.OfAsync(operation, stored)).ToAnswer(heading);
    }
}
