using System.Security.Cryptography;
using Dapper;
using Pushbell.Testing;

namespace Pushbell.Server.Tests.Management;

/// <summary>A server whose owner has a password, for tests that change what others would stumble over.</summary>
internal sealed class ManagedServer : IAsyncDisposable
{
    public const string OwnerEmail = "owner@example.com", Password = "correct horse battery";

    // One round: what makes a password slow to guess would make these tests slow, and has tests of its own.
    private static readonly string Hash =
        "pbkdf2-sha512$1$AAAA$" + Convert.ToBase64String(Rfc2898DeriveBytes.Pbkdf2(Password, new byte[3], 1, HashAlgorithmName.SHA512, 32));

    private ManagedServer(RunningServer server, Manage owner) => (Server, Owner) = (server, owner);

    public RunningServer Server { get; }

    /// <summary>Signed in: the owner of the first organization, who is an operator as well.</summary>
    public Manage Owner { get; }

    /// <summary>The path of the first organization.</summary>
    public string Organization => "/organizations/" + Owner.Session.GetProperty("organizations")[0].GetProperty("organization_id").GetString();

    public static async Task<ManagedServer> StartAsync(TimeProvider? clock = null, params (string Key, string Value)[] settings)
    {
        var server = await StartServerAsync(clock, settings);
        return new ManagedServer(server, await Manage.SignedInAsync(server, OwnerEmail, Password));
    }

    public static async Task<RunningServer> StartServerAsync(TimeProvider? clock = null, params (string Key, string Value)[] settings)
    {
        var server = await RunningServer.StartAsync(clock, [("Pushbell:Bootstrap:OwnerEmail", OwnerEmail), ("Pushbell:Role", "api"), .. settings]);
        await using var connection = await server.Storage.ConnectAsync();
        await connection.ExecuteAsync("UPDATE account SET password_hash = @Hash WHERE email = @OwnerEmail", new { Hash, OwnerEmail });
        return server;
    }

    /// <summary>Somebody who had an account, was invited into an organization, has taken the invitation and is signed in.</summary>
    /// <param name="email">His.</param>
    /// <param name="role">As what.</param>
    /// <param name="organization">The path of the organization; null: the first.</param>
    public async Task<Manage> JoinAsync(string email, string role, string? organization = null)
    {
        await using (var connection = await Server.Storage.ConnectAsync())
        {
            await connection.ExecuteAsync(
                "INSERT INTO account (id, email, password_hash, created_at) SELECT max(id) + 1, @email, @Hash, 0 FROM account",
                new { email, Hash }
            );
        }

        var invited = await Owner.PostAsync((organization ?? Organization) + "/invitations", new { email, role });
        invited.Status.ShouldBe(201, invited.Body);
        var member = Manage.Nobody(Server);
        (await member.UseLinkAsync(invited.Text("link")!, Password)).Status.ShouldBe(200);
        return member;
    }

    /// <returns>The path of one more organization.</returns>
    public async Task<string> AddOrganizationAsync(string name = "Other")
    {
        var made = await Owner.PostAsync("/organizations", new { name });
        made.Status.ShouldBe(201, made.Body);
        return "/organizations/" + made.Text("organization_id");
    }

    /// <returns>The text of a new management key.</returns>
    public async Task<string> AddKeyAsync(string role, string? organization = null)
    {
        var made = await Owner.PostAsync((organization ?? Organization) + "/management-keys", new { name = role, role });
        made.Status.ShouldBe(201, made.Body);
        return made.Text("key")!;
    }

    public async ValueTask DisposeAsync()
    {
        Owner.Dispose();
        await Server.DisposeAsync();
    }
}
