using Dapper;
using Npgsql;
using Pushbell.Hosts.Tests.Networks;
using Pushbell.Testing;
using Pushbell.Testing.Postgres;

namespace Pushbell.Hosts.Tests.Sites;

/// <summary>PostgreSQL on a host of its own, as the tests see it. The one place that knows tables.</summary>
internal sealed class SiteDatabase : IAsyncDisposable
{
    // Ids lie as far apart as those of browsers that registered a millisecond after each other.
    private const long IdStep = 1 << 21;
    private readonly PrivatePostgres server;
    private readonly NpgsqlDataSource source;

    private SiteDatabase(NetworkHost host, PrivatePostgres server, string name)
    {
        (Host, this.server, ConnectionString) = (host, server, server.ConnectionStringOf(name));
        source = NpgsqlDataSource.Create($"{ConnectionString};Maximum Pool Size=4");
    }

    public NetworkHost Host { get; }

    public string ConnectionString { get; }

    public static async Task<SiteDatabase> StartAsync(NetworkHost host)
    {
        var started = await PrivatePostgres.StartAsync(new PostgresPlace(host.Address, host.Launcher));
        try
        {
            return new SiteDatabase(host, started, await started.CreateDatabaseAsync());
        }
        catch
        {
            await started.DisposeAsync();
            throw;
        }
    }

    /// <summary>Registers them as if they had come one by one.</summary>
    /// <returns>Their ids.</returns>
    public async Task<IReadOnlyList<string>> RegisterAsync(IReadOnlyList<Subscription> subscriptions)
    {
        var ids = subscriptions.Index().Select(subscription => (subscription.Index + 1) * IdStep).ToArray();
        await using var connection = await source.OpenConnectionAsync();
        await connection.ExecuteAsync(
            """
            INSERT INTO registration (organization_id, service_id, id, status, endpoint, endpoint_hash, p256dh, auth, vapid_key_id, created_at)
            SELECT k.organization_id, k.service_id, s.id, 0, s.endpoint, s.endpoint, s.p256dh, s.auth, k.id, 0
            FROM vapid_key k CROSS JOIN unnest(@ids, @endpoints, @points, @secrets) AS s (id, endpoint, p256dh, auth)
            WHERE k.is_current = 1;
            UPDATE service SET active_registrations = @count;
            ANALYZE registration;
            """,
            new
            {
                ids,
                endpoints = subscriptions.Select(subscription => subscription.Endpoint).ToArray(),
                points = subscriptions.Select(subscription => subscription.P256dh).ToArray(),
                secrets = subscriptions.Select(subscription => subscription.Auth).ToArray(),
                count = ids.Length,
            }
        );
        return [.. ids.Select(Dispatch.PublicId.Registration)];
    }

    public async Task<Balance> BalanceAsync()
    {
        await using var connection = await source.OpenConnectionAsync();
        return await connection.QuerySingleAsync<Balance>(
            """
            SELECT credit_available AS available, credit_held AS held,
                (SELECT CAST(sum(amount) AS BIGINT) FROM credit_movement WHERE kind = 'top-up') AS toppedup,
                (SELECT CAST(coalesce(sum(amount), 0) AS BIGINT) FROM credit_movement WHERE kind = 'spend') AS spent,
                (SELECT least(min(available_after), min(held_after)) FROM credit_movement) AS lowest,
                (SELECT count(*) FROM notification) AS notifications,
                (SELECT CAST(coalesce(sum(total_targets), 0) AS BIGINT) FROM notification) AS targets,
                (SELECT CAST(coalesce(sum(accepted), 0) AS BIGINT) FROM notification) AS accepted
            FROM organization
            """
        );
    }

    /// <summary>Transactions that a host has begun and not ended.</summary>
    public async Task<int> OpenTransactionsOfAsync(NetworkHost host)
    {
        await using var connection = await source.OpenConnectionAsync();
        return await connection.QuerySingleAsync<int>(
            "SELECT count(*)::int FROM pg_stat_activity WHERE client_addr = @address::inet AND xact_start IS NOT NULL",
            new { address = host.Address }
        );
    }

    /// <summary>Lets every transaction wait that is about to pay or to hold credits, until the result is disposed.</summary>
    public async Task<HeldCredits> HoldCreditsAsync()
    {
        var connection = await source.OpenConnectionAsync();
        await connection.ExecuteAsync("BEGIN; SELECT id FROM organization FOR UPDATE");
        return new HeldCredits(source, connection);
    }

    public async ValueTask DisposeAsync()
    {
        await source.DisposeAsync();
        await server.DisposeAsync();
    }
}

/// <summary>What must agree, from one state of the database.</summary>
internal sealed record Balance
{
    public long Available { get; init; }

    public long Held { get; init; }

    public long ToppedUp { get; init; }

    public long Spent { get; init; }

    /// <summary>That the balance or the holds ever had.</summary>
    public long Lowest { get; init; }

    public long Notifications { get; init; }

    public long Targets { get; init; }

    public long Accepted { get; init; }
}

/// <summary>The organization's row, locked.</summary>
internal sealed class HeldCredits(NpgsqlDataSource source, NpgsqlConnection holder) : IAsyncDisposable
{
    /// <summary>Waits for one that waits, with whatever it has locked before.</summary>
    /// <returns>The address of the host that it belongs to: the next to have the row.</returns>
    public async Task<string> NextAsync()
    {
        string? address = null;
        await Eventually.HoldsAsync(async () =>
        {
            await using var connection = await source.OpenConnectionAsync();
            address = await connection.QueryFirstOrDefaultAsync<string>(
                "SELECT host(client_addr) FROM pg_stat_activity WHERE pg_blocking_pids(pid) = ARRAY[@holder]",
                new { holder = holder.ProcessID }
            );
            return address is not null;
        });
        return address!;
    }

    public async ValueTask DisposeAsync()
    {
        await holder.ExecuteAsync("ROLLBACK");
        await holder.DisposeAsync();
    }
}
