using Pushbell.Dispatch.Accounts;
using Pushbell.Dispatch.Audit;
using Pushbell.Dispatch.Organizations;
using Pushbell.Testing;

namespace Pushbell.Server.Tests.Management.Matrix;

/// <summary>Two organizations with the same kinds of things in each, and everybody who could ask for them.</summary>
public sealed class Staff : IAsyncLifetime
{
    private readonly Dictionary<string, string> here = new(StringComparer.Ordinal), there = new(StringComparer.Ordinal), nowhere = new(StringComparer.Ordinal);
    private readonly List<Actor> actors = [];
    private ManagedServer? managed;

    internal ManagedServer Managed
    {
        get
        {
            Assert.SkipWhen(TestDatabase.WhyMissing is not null, TestDatabase.WhyMissing ?? "");
            return managed!;
        }
    }

    /// <summary>Everybody, each in the organization that <see cref="Here"/> is of, but for nobody and operators.</summary>
    internal IReadOnlyList<Actor> Actors => actors;

    /// <summary>What the placeholders of a path stand for, in the organization of the actors; things of which there are none, by an id that nothing has.</summary>
    internal IReadOnlyDictionary<string, string> Here => here;

    /// <summary>The same in another organization.</summary>
    internal IReadOnlyDictionary<string, string> There => there;

    /// <summary>The same of ids that nothing has.</summary>
    internal IReadOnlyDictionary<string, string> Nowhere => nowhere;

    public async ValueTask InitializeAsync()
    {
        if (TestDatabase.WhyMissing is not null)
        {
            return;
        }

        managed = await ManagedServer.StartAsync();
        await FillHereAsync();
        await FillThereAsync();
        foreach (var (name, id) in there)
        {
            nowhere[name] = id[..(id.IndexOf('_', StringComparison.Ordinal) + 1)] + "0000000000000";
        }

        foreach (var name in there.Keys.Except(here.Keys))
        {
            here[name] = nowhere[name];
        }

        actors.Add(new Actor("nobody", null, IsAccount: false, IsOperator: false, Manage.Nobody(managed.Server)));
        foreach (var role in Enum.GetValues<Role>())
        {
            var name = RoleNames.Of(role);
            actors.Add(new Actor(name, role, IsAccount: true, IsOperator: false, await managed.JoinAsync($"a-{name}@example.com", name)) { Email = $"a-{name}@example.com" });
            if (role < Role.Owner)
            {
                actors.Add(
                    new Actor($"key of a {name}", role, IsAccount: false, IsOperator: false, Manage.WithKey(managed.Server, await managed.AddKeyAsync(name)))
                );
            }
        }

        actors.Add(
            new Actor(
                "operator",
                Role.Owner,
                IsAccount: true,
                IsOperator: true,
                await Manage.SignedInAsync(managed.Server, ManagedServer.OwnerEmail, ManagedServer.Password)
            )
            {
                Email = ManagedServer.OwnerEmail,
            }
        );
        actors.Add(new Actor("key of the operator", Role.Owner, IsAccount: false, IsOperator: true, Manage.WithKey(managed.Server, await OperatorKeyAsync())));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var actor in actors)
        {
            actor.Manage.Dispose();
        }

        if (managed is not null)
        {
            await managed.DisposeAsync();
        }
    }

    /// <summary>A route with its placeholders filled in.</summary>
    internal static string Fill(string path, IReadOnlyDictionary<string, string> values)
    {
        foreach (var (name, value) in values)
        {
            path = path.Replace("{" + name + "}", value, StringComparison.Ordinal);
        }

        path.ShouldNotContain("{", customMessage: "an id of that kind is missing among the staff's");
        return path;
    }

    private async Task FillHereAsync()
    {
        var tenant = await Tenant.OfFirstStartAsync(Managed.Server);
        here["organization_id"] = tenant.OrganizationId;
        here["service_id"] = tenant.ServiceId;
    }

    /// <summary>One thing of each kind.</summary>
    private async Task FillThereAsync()
    {
        var server = Managed.Server;
        var tenant = await Tenant.AddAsync(server);
        there["organization_id"] = tenant.OrganizationId;
        there["service_id"] = tenant.ServiceId;
        var organization = "/organizations/" + tenant.OrganizationId;
        using var member = await Managed.JoinAsync("foreign@example.com", "admin", organization);
        there["account_id"] = member.Session.GetProperty("account").GetProperty("account_id").GetString()!;
        there["session_id"] = (await member.GetAsync("/session/all")).Json.GetProperty("sessions")[0].GetProperty("session_id").GetString()!;
        there["invitation_id"] = (await Managed.Owner.PostAsync(organization + "/invitations", new { email = "guest@example.com", role = "viewer" })).Text("invitation_id")!;
        there["management_key_id"] = (await Managed.Owner.PostAsync(organization + "/management-keys", new { name = "foreign", role = "viewer" })).Text("key_id")!;
        there["alarm_id"] = "alm_0000000000001";
        await tenant.ChangeAsync(
            "INSERT INTO alarm (organization_id, id, kind, origin, sentence, raised_at) VALUES (@organization, 1, 'MassGone', 'https://a.example', 'Look.', 0)"
        );
        var client = await server.RegisterAsync(key: await tenant.AddKeyAsync(KeyKind.Publishable));
        there["registration_id"] = client.Id;
        var api = new V2.Stories.Api(server, await tenant.AddKeyAsync(KeyKind.Secret));
        there["request_id"] = (await api.SendAsync([client])).Text("request_id")!;
        there["key_id"] = await server.Database.ReadAsync(
            async session => Dispatch.PublicId.Key(await session.FirstAsync<long>("SELECT max(id) FROM api_key")),
            CancellationToken.None
        );
        there["public_key"] = (
            await server.Database.ReadAsync(
                session => session.FirstAsync<string>("SELECT public_key FROM vapid_key ORDER BY id DESC LIMIT 1"),
                CancellationToken.None
            )
        )!;
    }

    private async Task<string> OperatorKeyAsync()
    {
        var keys = (ManagementKeys)Managed.Server.Services.GetService(typeof(ManagementKeys))!;
        return (await keys.CreateAsync(organization: null, "operator", Role.Owner, Act.OfCommandLine("test"), CancellationToken.None)).Text;
    }
}

/// <summary>Somebody who may ask.</summary>
/// <param name="Name">For messages.</param>
/// <param name="Role">In the organization; null: nobody's.</param>
/// <param name="IsAccount">Signed in, rather than a key.</param>
/// <param name="IsOperator">Above organizations.</param>
/// <param name="Manage">Asks.</param>
internal sealed record Actor(string Name, Role? Role, bool IsAccount, bool IsOperator, Manage Manage)
{
    /// <summary>To sign in again with; null of a key.</summary>
    public string? Email { get; init; }

    /// <summary>What the contract says of this one and a route: null to let it through, otherwise the status that turns it away.</summary>
    public int? RefusedBy(Needs needs) =>
        needs switch
        {
            Needs.Nothing => null,
            _ when Role is null => 401,
            Needs.Account => IsAccount ? null : 403,
            Needs.Anybody => null,
            Needs.Operator => IsOperator ? null : 403,
            _ => Role >= Enum.Parse<Role>(needs.ToString()) ? null : 403,
        };
}
