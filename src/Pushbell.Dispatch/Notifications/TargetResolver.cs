using Pushbell.Dispatch.Organizations;
using Pushbell.Dispatch.Registrations;
using Pushbell.Dispatch.Storage;

namespace Pushbell.Dispatch.Notifications;

/// <summary>
/// Whom a target comes to: the ids of active registrations, ascending and each once; or, for a large broadcast, only how many there
/// are and the highest id, so that accepting costs the same for ten million as for a hundred.
/// </summary>
internal sealed record Resolved(int Count, IReadOnlyList<long> Ids, long? UpTo, IReadOnlyList<string> Unknown);

internal sealed class TargetResolver(SubscriberEmails emails)
{
    private const string Active = "organization_id = @organization AND service_id = @service AND status = 0";

    public Task<Resolved> ResolveAsync(Session session, Caller caller, Target target, int listUpTo) =>
        target switch
        {
            Target.Everyone => EveryoneAsync(session, caller, listUpTo),
            Target.Emails people => PeopleAsync(
                session,
                caller,
                "email_hash",
                [.. people.Addresses.Select(address => emails.Hash(caller.OrganizationId, address))]
            ),
            Target.UserIds people => PeopleAsync(session, caller, "user_id", people.Ids),
            Target.RegistrationIds devices => DevicesAsync(session, caller, devices.Ids),
            _ => throw new ArgumentOutOfRangeException(nameof(target)),
        };

    private static async Task<Resolved> EveryoneAsync(Session session, Caller caller, int listUpTo)
    {
        var scope = new { organization = caller.OrganizationId, service = caller.ServiceId };
        var count = await session.FirstAsync<int>(
            "SELECT active_registrations FROM service WHERE organization_id = @organization AND id = @service",
            scope
        );
        if (count <= listUpTo)
        {
            var ids = await session.ListAsync<long>($"SELECT id FROM registration WHERE {Active} ORDER BY id", scope);
            return new Resolved(ids.Count, ids, null, []);
        }

        var upTo = await session.FirstAsync<long>(
            "SELECT max(id) FROM registration WHERE organization_id = @organization AND service_id = @service",
            scope
        );
        return new Resolved(count, [], upTo, []);
    }

    private static async Task<Resolved> PeopleAsync(Session session, Caller caller, string column, IReadOnlyCollection<string> keys)
    {
        var ids = await session.ListAsync<long>(
            $"SELECT id FROM registration WHERE {Active} AND {session.Dialect.In(column, "@keys")} ORDER BY id",
            new { organization = caller.OrganizationId, service = caller.ServiceId, keys = session.Dialect.List(keys) }
        );
        return new Resolved(ids.Count, ids, null, []);
    }

    private static async Task<Resolved> DevicesAsync(Session session, Caller caller, IReadOnlyCollection<string> texts)
    {
        var wanted = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var text in texts)
        {
            if (PublicId.TryRegistration(text, out var id))
            {
                wanted[text] = id;
            }
        }

        var found = await session.ListAsync<long>(
            $"SELECT id FROM registration WHERE {Active} AND {session.Dialect.In("id", "@keys")} ORDER BY id",
            new { organization = caller.OrganizationId, service = caller.ServiceId, keys = session.Dialect.List(wanted.Values) }
        );
        var known = found.ToHashSet();
        var unknown = texts.Where(text => !wanted.TryGetValue(text, out var id) || !known.Contains(id)).Distinct(StringComparer.Ordinal);
        return new Resolved(found.Count, found, null, [.. unknown]);
    }
}
