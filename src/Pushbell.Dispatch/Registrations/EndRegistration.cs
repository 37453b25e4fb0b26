using Pushbell.Dispatch.Organizations;
using Pushbell.Dispatch.Storage;

namespace Pushbell.Dispatch.Registrations;

/// <summary>Takes registrations out of use. Nothing is claimed for them once the transaction is through.</summary>
public sealed class EndRegistration(Database database, SubscriberEmails emails, TimeProvider clock)
{
    private const string Scope = "organization_id = @organization AND service_id = @service";

    /// <summary>Deregisters one. A second time is a success too.</summary>
    /// <returns>Whether this service has such a registration.</returns>
    public Task<bool> DeregisterAsync(Caller caller, long registration, string? reason, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async session =>
            {
                await UnregisterAsync(session, caller.OrganizationId, caller.ServiceId, "id = @registration", new { registration }, reason);
                return await session.FirstAsync<int>(
                        $"SELECT count(*) FROM registration WHERE {Scope} AND id = @registration",
                        new { organization = caller.OrganizationId, service = caller.ServiceId, registration }
                    ) > 0;
            },
            cancellationToken
        );

    /// <summary>Unsubscribes every device of a person.</summary>
    /// <returns>How many were active.</returns>
    public Task<int> UnsubscribeAsync(Caller caller, string email, CancellationToken cancellationToken) =>
        database.WriteAsync(
            session =>
                UnregisterAsync(
                    session,
                    caller.OrganizationId,
                    caller.ServiceId,
                    "email_hash = @emailHash",
                    new { emailHash = emails.Hash(caller.OrganizationId, email) },
                    "unsubscribed"
                ),
            cancellationToken
        );

    /// <summary>The holder of its token takes a registration back. A second time is a success too.</summary>
    public Task UnregisterAsync(RegistrationHolder holder, CancellationToken cancellationToken) =>
        database.WriteAsync(
            session =>
                UnregisterAsync(
                    session,
                    holder.Caller.OrganizationId,
                    holder.Caller.ServiceId,
                    "id = @RegistrationId AND token_hash = @TokenHash",
                    new { holder.RegistrationId, holder.TokenHash },
                    "unsubscribed"
                ),
            cancellationToken
        );

    private async Task<int> UnregisterAsync(
        Session session,
        long organization,
        long service,
        string which,
        object values,
        string? reason
    )
    {
        var parameters = new Dapper.DynamicParameters(values);
        parameters.AddDynamicParams(
            new
            {
                organization,
                service,
                reason,
                now = clock.GetUtcNow().ToUnixTimeMilliseconds(),
            }
        );
        var ended = await session.ExecuteAsync(
            $"UPDATE registration SET status = 3, status_reason = @reason, ended_at = @now WHERE {Scope} AND {which} AND status = 0",
            parameters
        );
        await session.ExecuteAsync(
            $"UPDATE registration SET status = 3, status_reason = @reason WHERE {Scope} AND {which} AND status IN (1, 2)",
            parameters
        );
        await ActiveCount.AddAsync(session, organization, service, -ended);
        return ended;
    }
}
