using Pushbell.Dispatch.Alarms;
using Pushbell.Dispatch.Organizations;
using Pushbell.Dispatch.Registrations;
using Pushbell.Dispatch.Storage;

namespace Pushbell.Dispatch.Troubleshooting;

/// <summary>All that is known about why a person may not have been reached.</summary>
internal sealed record Facts(Person Person, ServiceInfo Service)
{
    /// <summary>Newest first.</summary>
    public required IReadOnlyList<Registration> Clients { get; init; }

    /// <summary>Newest first.</summary>
    public required IReadOnlyList<RecentDelivery> Recent { get; init; }

    public required QuotaUsage Quota { get; init; }

    /// <summary>What can still be spent; null when the organization is not metered.</summary>
    public required long? Credits { get; init; }

    public required IReadOnlyList<Alarm> OpenAlarms { get; init; }

    public required IReadOnlyList<Pause> Pauses { get; init; }
}

/// <summary>Why was this person not reached?</summary>
internal sealed class Troubleshooter(
    Database database,
    ServiceQueries services,
    RegistrationQueries registrations,
    RecentDeliveries deliveries,
    Quota quota,
    AlarmBoard alarms,
    Pauses pauses
)
{
    // More devices than a page may register for one person; a backend may have registered any number.
    private const int MostClients = 50, MostRecent = 50;

    /// <param name="caller">Whose service.</param>
    /// <param name="person">Who was not reached.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<Diagnosis> RunAsync(Caller caller, Person person, CancellationToken cancellationToken)
    {
        var clients = await ClientsAsync(caller, person, cancellationToken);
        var facts = new Facts(person, await services.GetAsync(caller.OrganizationId, caller.ServiceId, cancellationToken))
        {
            Clients = clients,
            Recent = await deliveries.OfAsync(caller, clients.Select(client => client.Id), MostRecent, cancellationToken),
            Quota = await database.ReadAsync(session => quota.UsageAsync(session, caller.OrganizationId), cancellationToken),
            Credits = await database.ReadAsync(session => Credits.AvailableAsync(session, caller.OrganizationId), cancellationToken),
            OpenAlarms = [.. (await alarms.ListAsync(caller.OrganizationId, cancellationToken)).Where(alarm => alarm.ResolvedAt is null)],
            Pauses = await pauses.OfAsync(caller.OrganizationId, cancellationToken),
        };
        var findings = Findings.Of(facts);
        return new Diagnosis(Findings.Verdict(facts, findings), findings, clients, facts.Recent);
    }

    private async Task<IReadOnlyList<Registration>> ClientsAsync(Caller caller, Person person, CancellationToken cancellationToken)
    {
        if (person is Person.Client single)
        {
            return await registrations.FindAsync(caller, [single.Registration], cancellationToken);
        }

        var filter = new RegistrationFilter
        {
            Email = (person as Person.Email)?.Address,
            UserId = (person as Person.UserId)?.Id,
            Limit = MostClients,
        };
        return (await registrations.ListAsync(caller, filter, cancellationToken)).Registrations;
    }
}
