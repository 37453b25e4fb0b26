using Pushbell.Dispatch.Organizations;
using Pushbell.Dispatch.Storage;

namespace Pushbell.Dispatch.Registrations;

/// <summary>Through which push service registrations are reached: the origin of their endpoints.</summary>
internal static class PushServices
{
    private const int SchemeLength = 8;

    /// <summary>Of what is stored, hence of a well-formed absolute address: all before the slash that begins its path.</summary>
    public static string OriginOf(string endpoint) => endpoint[..endpoint.IndexOf('/', SchemeLength)];

    /// <returns>By registration.</returns>
    public static async Task<IReadOnlyDictionary<long, string>> OfAsync(Session session, Caller caller, IReadOnlyCollection<long> registrations)
    {
        var rows = await session.ListAsync<Row>(
            $"""
            SELECT id, endpoint FROM registration
            WHERE organization_id = @OrganizationId AND service_id = @ServiceId AND {session.Dialect.In("id", "@ids")}
            """,
            new
            {
                caller.OrganizationId,
                caller.ServiceId,
                ids = session.Dialect.List(registrations),
            }
        );
        return rows.ToDictionary(row => row.Id, row => OriginOf(row.Endpoint));
    }

    private sealed record Row
    {
        public long Id { get; init; }

        public string Endpoint { get; init; } = "";
    }
}
