using System.Text;
using Pushbell.Dispatch.Sealing;
using Pushbell.Dispatch.Storage;
using Pushbell.WebPush;

namespace Pushbell.Dispatch.Organizations;

/// <summary>What an empty database is filled with; null where a value is to be made up.</summary>
public sealed record FirstStartValues
{
    public string? SecretKey { get; init; }

    public string? ApiKey { get; init; }

    public string? PublishableKey { get; init; }

    public string? OwnerEmail { get; init; }

    public string? OwnerPassword { get; init; }

    public string OrganizationName { get; init; } = "My Organization";

    public string ServiceIdentifier { get; init; } = "my-app";

    public string Plan { get; init; } = Organizations.Plan.Unlimited.Name;

    /// <summary>Prepaid credits; null is not metered.</summary>
    public long? Credits { get; init; }

    public IReadOnlyList<string> AllowedOrigins { get; init; } = [];

    /// <summary>The VAPID contact: push services may write to it.</summary>
    public string? ContactEmail { get; init; }
}

/// <summary>The keys of a first start, to be shown once. <see cref="WereGiven"/>: they came from the configuration and need no showing.</summary>
public sealed record FirstKeys(string SecretKey, string ApiKey, string PublishableKey, bool WereGiven);

/// <summary>Fills an empty database with one organization, one service with fresh VAPID keys, one of each key and one owner.</summary>
public sealed class FirstStart(Database database, KeyRing keys, Credits credits, MasterKey master, IdGenerator ids, TimeProvider clock)
{
    /// <summary>Stands in until the operator names a real contact; Apple refuses subjects that cannot be reached.</summary>
    public const string PlaceholderContact = "push@example.com";

    /// <returns>The keys, or null when the database was not empty.</returns>
    public Task<FirstKeys?> RunAsync(FirstStartValues values, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async session =>
                await session.FirstAsync<int>("SELECT count(*) FROM organization") == 0 ? await FillAsync(session, values) : null,
            cancellationToken
        );

    private async Task<FirstKeys> FillAsync(Session session, FirstStartValues values)
    {
        var (organization, service) = (ids.Next(), ids.Next());
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        await session.ExecuteAsync(
            "INSERT INTO organization (id, name, plan, created_at) VALUES (@organization, @OrganizationName, @Plan, @now)",
            new { organization, values.OrganizationName, values.Plan, now }
        );
        if (values.Credits is { } amount)
        {
            await credits.TopUpAsync(session, organization, amount, "first start");
        }

        await AddOwnerAsync(session, organization, values, now);
        await AddServiceAsync(session, organization, service, values, now);
        var given = values.SecretKey is not null && values.ApiKey is not null && values.PublishableKey is not null;
        return new FirstKeys(
            await AddKeyAsync(session, organization, service, KeyKind.Secret, values.SecretKey),
            await AddKeyAsync(session, organization, service, KeyKind.Api, values.ApiKey),
            await AddKeyAsync(session, organization, service, KeyKind.Publishable, values.PublishableKey),
            given
        );
    }

    private async Task AddOwnerAsync(Session session, long organization, FirstStartValues values, long now) =>
        await session.ExecuteAsync(
            """
            INSERT INTO member (organization_id, id, email, password_hash, role, created_at)
            VALUES (@organization, @id, @email, @password, 'owner', @now)
            """,
            new
            {
                organization,
                id = ids.Next(),
                email = values.OwnerEmail ?? "owner@localhost",
                password = values.OwnerPassword is { } password ? PasswordHash.Create(password) : null,
                now,
            }
        );

    private async Task AddServiceAsync(Session session, long organization, long service, FirstStartValues values, long now)
    {
        await session.ExecuteAsync(
            """
            INSERT INTO service (organization_id, id, identifier, name, contact_email, created_at)
            VALUES (@organization, @service, @ServiceIdentifier, @name, @contact, @now)
            """,
            new
            {
                organization,
                service,
                values.ServiceIdentifier,
                name = NameOf(values.ServiceIdentifier),
                contact = values.ContactEmail ?? PlaceholderContact,
                now,
            }
        );
        foreach (var origin in values.AllowedOrigins.Distinct(StringComparer.Ordinal))
        {
            await session.ExecuteAsync(
                "INSERT INTO service_origin (organization_id, service_id, origin) VALUES (@organization, @service, @origin)",
                new { organization, service, origin }
            );
        }

        await new VapidKeyStore(database, master).AddAsync(session, organization, service, ids.Next(), VapidKeys.Generate(), now);
    }

    private async Task<string> AddKeyAsync(Session session, long organization, long service, KeyKind kind, string? given)
    {
        var text = given ?? ApiKey.Generate(kind);
        await keys.AddAsync(session, new NewKey(organization, service, kind, text, "first start"));
        return text;
    }

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
