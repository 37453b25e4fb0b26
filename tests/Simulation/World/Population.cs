using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;
using Pushbell.Dispatch.Registrations;
using Pushbell.Simulation.Network;
using Pushbell.Simulation.Scheduling;
using Pushbell.Simulation.Store;
using Pushbell.WebPush;

namespace Pushbell.Simulation.World;

/// <summary>Puts organizations' plans and credits and their devices into a fresh database, as if they had come long ago.</summary>
internal sealed class Population(Template template, SimulatedNetwork network, Dice dice)
{
    private const int People = 8;

    // One pair of keys for all: who can read a message is no question here.
    private static readonly byte[] P256dh = MakePoint();
    private static readonly byte[] Auth = new byte[16];
    private readonly SubscriberEmails emails = new(template.Master);

    public static string EmailOf(int person) => $"person{person}@example.com";

    public static string UserOf(int person) => $"user-{person}";

    public static PushSubscription SubscriptionOf(Device device) => PushSubscription.FromValidated(new Uri(device.Endpoint), P256dh, Auth);

    public int AnyPerson() => dice.Below(People);

    public Device NewDevice(Tenant tenant)
    {
        var person = AnyPerson();
        return network.Connect(tenant, dice.Pick([.. network.Origins.Keys]), UserOf(person), EmailOf(person));
    }

    /// <param name="devices">So many of each organization.</param>
    /// <param name="file">Still untouched.</param>
    public void Fill(IReadOnlyList<int> devices, StoreFile file)
    {
        using var connection = file.OpenReader();
        using var transaction = connection.BeginTransaction();
        var id = 1;
        for (var at = 0; at < devices.Count; at++)
        {
            var tenant = template.Tenants[at];
            DrawPlan(connection, transaction, tenant, devices[at]);
            for (var count = 0; count < devices[at]; count++)
            {
                var device = NewDevice(tenant);
                device.Id = id++;
                device.IsGone = dice.Chance(0.05);
            }

            Insert(connection, transaction, [.. network.Devices.Where(device => device.Tenant == tenant)]);
        }

        transaction.Commit();
    }

    /// <summary>Some are metered and some of those poor; some have a small plan.</summary>
    private void DrawPlan(SqliteConnection connection, SqliteTransaction transaction, Tenant tenant, int devices)
    {
        if (dice.Chance(0.6))
        {
            Run(
                connection,
                transaction,
                """
                UPDATE organization SET credit_available = @credits WHERE id = @id;
                INSERT INTO credit_movement (organization_id, id, kind, amount, available_after, held_after, created_at)
                VALUES (@id, 1, 'top-up', @credits, @credits, 0, 0)
                """,
                ("@id", tenant.Organization),
                ("@credits", dice.Between(1, devices * 6))
            );
        }

        if (dice.Chance(0.3))
        {
            Run(
                connection,
                transaction,
                "UPDATE organization SET plan = 'custom', custom_hourly = @hourly, custom_daily = @daily WHERE id = @id",
                ("@id", tenant.Organization),
                ("@hourly", dice.Between(devices, devices * 4)),
                ("@daily", dice.Between(devices, devices * 6))
            );
        }
    }

    private void Insert(SqliteConnection connection, SqliteTransaction transaction, IReadOnlyCollection<Device> devices)
    {
        using var insert = Command(
            connection,
            transaction,
            """
            INSERT INTO registration (organization_id, service_id, id, status, endpoint, endpoint_hash, p256dh, auth, vapid_key_id, email_hash, user_id, created_at)
            SELECT organization_id, service_id, @id, 0, @endpoint, @hash, @p256dh, @auth, id, @email, @user, 0 FROM vapid_key
            WHERE organization_id = @organization AND is_current = 1
            """,
            [("@id", 0L), ("@endpoint", ""), ("@hash", ""), ("@p256dh", P256dh), ("@auth", Auth), ("@email", ""), ("@user", ""), ("@organization", 0L)]
        );
        foreach (var device in devices)
        {
            insert.Parameters["@id"].Value = device.Id;
            insert.Parameters["@endpoint"].Value = device.Endpoint;
            insert.Parameters["@hash"].Value = HashOf(device);
            insert.Parameters["@email"].Value = emails.Hash(device.Tenant.Organization, device.Email);
            insert.Parameters["@user"].Value = device.UserId;
            insert.Parameters["@organization"].Value = device.Tenant.Organization;
            insert.ExecuteNonQuery();
        }

        var tenant = devices.First().Tenant;
        Run(
            connection,
            transaction,
            "UPDATE service SET active_registrations = @count WHERE organization_id = @organization AND id = @service",
            ("@count", devices.Count),
            ("@organization", tenant.Organization),
            ("@service", tenant.Service)
        );
    }

    /// <summary>As the product does it; otherwise a device that comes back would not be known again.</summary>
    private static string HashOf(Device device) => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(device.Endpoint)));

    private static void Run(SqliteConnection connection, SqliteTransaction transaction, string sql, params (string Name, object Value)[] values)
    {
        using var command = Command(connection, transaction, sql, values);
        command.ExecuteNonQuery();
    }

    private static SqliteCommand Command(
        SqliteConnection connection,
        SqliteTransaction transaction,
        string sql,
        (string Name, object Value)[] values
    )
    {
        var command = new SqliteCommand(sql, connection, transaction);
        foreach (var (name, value) in values)
        {
            command.Parameters.AddWithValue(name, value);
        }

        return command;
    }

    private static byte[] MakePoint()
    {
        using var key = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return [4, .. point.X!, .. point.Y!];
    }
}
