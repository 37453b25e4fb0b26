using Pushbell.Dispatch.Accounts;
using Pushbell.Dispatch.Storage;

namespace Pushbell.Dispatch.Organizations;

/// <summary>What an empty database is filled with; null where a value is to be made up.</summary>
public sealed record FirstStartValues
{
    public string? SecretKey { get; init; }

    public string? ApiKey { get; init; }

    public string? PublishableKey { get; init; }

    /// <summary>Normalized.</summary>
    public string? OwnerEmail { get; init; }

    public string? OwnerPassword { get; init; }

    public string OrganizationName { get; init; } = "My Organization";

    public string ServiceIdentifier { get; init; } = "my-app";

    public Plan Plan { get; init; } = Plan.Unlimited;

    /// <summary>Prepaid credits; null is not metered.</summary>
    public long? Credits { get; init; }

    public IReadOnlyList<string> AllowedOrigins { get; init; } = [];

    /// <summary>The VAPID contact: push services may write to it.</summary>
    public string? ContactEmail { get; init; }
}

/// <summary>The keys of a first start, to be shown once. <see cref="WereGiven"/>: they came from the configuration and need no showing.</summary>
public sealed record FirstKeys(string SecretKey, string ApiKey, string PublishableKey, bool WereGiven)
{
    /// <summary>The token of the link by which the owner sets a password; null when one was given.</summary>
    public string? OwnerLink { get; init; }
}

/// <summary>Fills an empty database with one organization, one service with fresh VAPID keys, one of each key and one owner.</summary>
public sealed class FirstStart(
    Database database,
    CreateOrganization organizations,
    CreateService services,
    AccountBook accounts,
    KeyRing keys,
    IdGenerator ids
)
{
    /// <returns>The keys, or null when the database was not empty.</returns>
    public Task<FirstKeys?> RunAsync(FirstStartValues values, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async session =>
            {
                // Of several nodes that start together on an empty database, one fills it.
                await session.LockAsync("first start");
                return await session.FirstAsync<int>("SELECT count(*) FROM organization") == 0 ? await FillAsync(session, values) : null;
            },
            cancellationToken
        );

    private async Task<FirstKeys> FillAsync(Session session, FirstStartValues values)
    {
        var organization = await organizations.AddAsync(session, new NewOrganization(values.OrganizationName, values.Plan, values.Credits));
        var link = await accounts.AddFirstAsync(session, organization, ids.Next(), values.OwnerEmail ?? "owner@localhost", values.OwnerPassword);
        // Nobody can have taken the identifier: the database is empty.
        var service = (await services.AddAsync(session, organization, ServiceOf(values))).Value;
        var given = values.SecretKey is not null && values.ApiKey is not null && values.PublishableKey is not null;
        return new FirstKeys(
            await AddKeyAsync(session, organization, service, KeyKind.Secret, values.SecretKey),
            await AddKeyAsync(session, organization, service, KeyKind.Api, values.ApiKey),
            await AddKeyAsync(session, organization, service, KeyKind.Publishable, values.PublishableKey),
            given
        )
        {
            OwnerLink = link,
        };
    }

    private static NewService ServiceOf(FirstStartValues values) =>
        new(values.ServiceIdentifier)
        {
            ContactEmail = values.ContactEmail ?? NewService.PlaceholderContact,
            Origins = values.AllowedOrigins,
        };

    private async Task<string> AddKeyAsync(Session session, long organization, long service, KeyKind kind, string? given)
    {
        var text = given ?? ApiKey.Generate(kind);
        await keys.AddAsync(session, new NewKey(organization, service, kind, text, "first start"));
        return text;
    }
}
