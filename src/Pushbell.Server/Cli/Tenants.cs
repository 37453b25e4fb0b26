using System.CommandLine;
using Pushbell.Dispatch;
using Pushbell.Dispatch.Organizations;

namespace Pushbell.Server.Cli;

/// <summary>Which organization and service a command is for. The only one need not be named.</summary>
internal static class Tenants
{
    private const int MostNamed = 20;

    public static Option<string?> OrganizationOption() =>
        new("--organization") { HelpName = "org_…", Description = "The organization; may be left out while there is only one." };

    public static Option<string?> ServiceOption() =>
        new("--service") { HelpName = "svc_… or identifier", Description = "The service; may be left out while the organization has only one." };

    public static async Task<Result<OrganizationInfo>> OrganizationAsync(Operation operation, Option<string?> option) =>
        Choose(
            await operation.Use<OrganizationQueries>().ListAsync(operation.Cancellation),
            operation.Line.GetValue(option),
            (organization, text) => PublicId.TryOrganization(text, out var id) && organization.Id == id,
            organization => $"{PublicId.Organization(organization.Id)} ({organization.Name})",
            new Wording("organization", option.Name, "pushbell organization create --name NAME, or start the server once")
        );

    public static async Task<Result<ServiceInfo>> ServiceAsync(
        Operation operation,
        Option<string?> organizationOption,
        Option<string?> serviceOption
    )
    {
        if (!(await OrganizationAsync(operation, organizationOption)).TryGet(out var organization, out var failure))
        {
            return failure;
        }

        return Choose(
            await operation.Use<ServiceQueries>().ListAsync(organization.Id, operation.Cancellation),
            operation.Line.GetValue(serviceOption),
            (service, text) => service.Identifier == text || (PublicId.TryService(text, out var id) && service.Id == id),
            service => $"{PublicId.Service(service.Id)} ({service.Identifier})",
            new Wording("service", serviceOption.Name, $"pushbell service create --organization {PublicId.Organization(organization.Id)} --identifier my-app")
        );
    }

    /// <summary>The operator himself, about to use a service as one of its keys would.</summary>
    public static async Task<Result<Caller>> CallerAsync(Operation operation, Option<string?> organizationOption, Option<string?> serviceOption) =>
        (await ServiceAsync(operation, organizationOption, serviceOption)).TryGet(out var service, out var failure) ? Caller.Of(service) : failure;

    private static Result<T> Choose<T>(
        IReadOnlyList<T> all,
        string? text,
        Func<T, string, bool> isMeant,
        Func<T, string> nameOf,
        Wording wording
    )
        where T : class
    {
        if (all.Count == 0)
        {
            return new Failure.NotFound($"There is no {wording.Noun} yet. Make one: {wording.HowToMakeOne}.");
        }

        var names = string.Join(", ", all.Take(MostNamed).Select(nameOf)) + (all.Count > MostNamed ? ", …" : "");
        if (text is not null)
        {
            return all.FirstOrDefault(candidate => isMeant(candidate, text)) is { } meant
                ? meant
                : new Failure.NotFound($"There is no {wording.Noun} '{text}'. There is: {names}.");
        }

        return all is [var only]
            ? only
            : new Failure.InvalidRequest($"There are {all.Count} {wording.Noun}s; say which with {wording.Option}: {names}.");
    }

    private sealed record Wording(string Noun, string Option, string HowToMakeOne);
}
