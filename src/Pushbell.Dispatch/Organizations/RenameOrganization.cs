using Pushbell.Dispatch.Storage;

namespace Pushbell.Dispatch.Organizations;

/// <summary>Gives an organization another name, which obeys <see cref="TenantRules"/>.</summary>
public sealed class RenameOrganization(Database database)
{
    public Task RunAsync(long organization, string name, CancellationToken cancellationToken) =>
        database.WriteAsync(
            session => session.ExecuteAsync("UPDATE organization SET name = @name WHERE id = @organization", new { organization, name }),
            cancellationToken
        );
}
