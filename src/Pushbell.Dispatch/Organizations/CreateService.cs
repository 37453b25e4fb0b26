using System.Text;
using Pushbell.Dispatch.Storage;
using Pushbell.WebPush;

namespace Pushbell.Dispatch.Organizations;

/// <summary>A service about to be made; its texts obey <see cref="TenantRules"/>.</summary>
public sealed record NewService(string Identifier)
{
    /// <summary>Stands in until the operator names a real contact; Apple refuses subjects that cannot be reached.</summary>
    public const string PlaceholderContact = "push@example.com";

    public string Name { get; init; } = NameOf(Identifier);

    /// <summary>Goes to push services as the VAPID subject.</summary>
    public string ContactEmail { get; init; } = PlaceholderContact;

    /// <summary>The web origins that may register browsers.</summary>
    public IReadOnlyList<string> Origins { get; init; } = [];

    /// <summary>The address of its picture.</summary>
    public string? Icon { get; init; }

    /// <summary>A pair that its subscriptions elsewhere were made with; null: a fresh one.</summary>
    public VapidKeys? Vapid { get; init; }

    /// <summary>"my-app" reads "My App".</summary>
    private static string NameOf(string identifier)
    {
        var name = new StringBuilder(identifier.Length);
        foreach (var word in identifier.Split('-', StringSplitOptions.RemoveEmptyEntries))
        {
            name.Append(name.Length == 0 ? "" : " ").Append(char.ToUpperInvariant(word[0])).Append(word.AsSpan(1));
        }

        return name.ToString();
    }
}

/// <summary>Makes a service with VAPID keys of its own.</summary>
public sealed class CreateService(Database database, VapidKeyStore vapid, IdGenerator ids, TimeProvider clock)
{
    /// <returns>The service's id, or a refusal when another service of the installation has the identifier.</returns>
    public Task<Result<long>> RunAsync(long organization, NewService service, CancellationToken cancellationToken) =>
        database.WriteAsync(session => AddAsync(session, organization, service), cancellationToken);

    /// <summary>The same within the caller's transaction; a refusal has written nothing.</summary>
    internal async Task<Result<long>> AddAsync(Session session, long organization, NewService service)
    {
        var id = ids.Next();
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var added = await session.ExecuteAsync(
            """
            INSERT INTO service (organization_id, id, identifier, name, contact_email, icon, created_at)
            VALUES (@organization, @id, @Identifier, @Name, @ContactEmail, @Icon, @now) ON CONFLICT (identifier) DO NOTHING
            """,
            new
            {
                organization,
                id,
                service.Identifier,
                service.Name,
                service.ContactEmail,
                service.Icon,
                now,
            }
        );
        if (added == 0)
        {
            return new Failure.InvalidRequest($"The identifier '{service.Identifier}' is taken; identifiers are unique in the whole installation.");
        }

        await ServiceOrigins.AddAsync(session, organization, id, service.Origins);
        await vapid.AddAsync(session, organization, id, ids.Next(), service.Vapid ?? VapidKeys.Generate(), now);
        return id;
    }
}
