using Microsoft.Extensions.DependencyInjection;
using Pushbell.Dispatch;
using Pushbell.Dispatch.Organizations;
using Pushbell.Dispatch.Storage;
using Pushbell.WebPush;

namespace Pushbell.Testing;

/// <summary>An organization with one service beside the one of the first start, with keys of its own.</summary>
public sealed class Tenant
{
    private readonly RunningServer server;
    private readonly long organization, service;

    private Tenant(RunningServer server, long organization, long service)
    {
        this.server = server;
        this.organization = organization;
        this.service = service;
    }

    public string OrganizationId => PublicId.Organization(organization);

    public string ServiceId => PublicId.Service(service);

    /// <summary>The organization and service of the server's first start.</summary>
    public static async Task<Tenant> OfFirstStartAsync(RunningServer server)
    {
        var first = await server.Database.ReadAsync(
            session => session.FirstAsync<Row>("SELECT organization_id, id FROM service ORDER BY id LIMIT 1"),
            CancellationToken.None
        );
        return new Tenant(server, first!.OrganizationId, first.Id);
    }

    /// <summary>Adds one more organization with one service, switched on, allowing <see cref="RunningServer.Origin"/>.</summary>
    public static async Task<Tenant> AddAsync(RunningServer server, string plan = "unlimited")
    {
        var ids = server.Services.GetRequiredService<IdGenerator>();
        var tenant = new Tenant(server, ids.Next(), ids.Next());
        await tenant.ChangeAsync("INSERT INTO organization (id, name, plan, created_at) VALUES (@organization, 'Other', @plan, 0)", new { plan });
        await tenant.AddServiceAsync();
        return tenant;
    }

    /// <summary>A further service of the same organization.</summary>
    public async Task<Tenant> AddServiceBesideAsync()
    {
        var tenant = new Tenant(server, organization, server.Services.GetRequiredService<IdGenerator>().Next());
        await tenant.AddServiceAsync();
        return tenant;
    }

    /// <returns>The text of a new key of this service.</returns>
    public async Task<string> AddKeyAsync(KeyKind kind, string scopes = "")
    {
        var text = ApiKey.Generate(kind);
        var keys = server.Services.GetRequiredService<KeyRing>();
        await server.Database.WriteAsync(
            session => keys.AddAsync(session, new NewKey(organization, service, kind, text, "test", scopes)),
            CancellationToken.None
        );
        return text;
    }

    /// <summary>Runs a statement that may name @organization and @service.</summary>
    public Task ChangeAsync(string sql, object? values = null)
    {
        var parameters = new Dapper.DynamicParameters(values);
        parameters.AddDynamicParams(new { organization, service });
        return server.Database.WriteAsync(session => session.ExecuteAsync(sql, parameters), CancellationToken.None);
    }

    private async Task AddServiceAsync()
    {
        var ids = server.Services.GetRequiredService<IdGenerator>();
        await ChangeAsync(
            """
            INSERT INTO service (organization_id, id, identifier, name, contact_email, created_at)
            VALUES (@organization, @service, @identifier, 'Other', 'other@example.com', 0)
            """,
            new { identifier = $"other-{service}" }
        );
        await ChangeAsync(
            "INSERT INTO service_origin (organization_id, service_id, origin) VALUES (@organization, @service, @origin)",
            new { origin = RunningServer.Origin }
        );
        var vapid = server.Services.GetRequiredService<VapidKeyStore>();
        await server.Database.WriteAsync(
            session => vapid.AddAsync(session, organization, service, ids.Next(), VapidKeys.Generate(), now: 0),
            CancellationToken.None
        );
    }

    private sealed record Row
    {
        public long OrganizationId { get; init; }

        public long Id { get; init; }
    }
}
