using System.Data.Common;
using Dapper;
using Npgsql;

namespace Pushbell.Dispatch.Storage.Postgres;

/// <summary>
/// PostgreSQL 13 or newer, for any number of nodes. Nothing is kept in a session from one transaction to the next, so a pooler in
/// transaction mode may stand between.
/// </summary>
internal sealed class PostgresDialect : Dialect
{
    // Fewer than a server takes by default, so that a few nodes fit; the connection string may say otherwise.
    private const int Connections = 25, ConnectSeconds = 5, KeepAliveSeconds = 10;

    // A server that has vanished without a word is given up after this. No statement of ours takes nearly as long; waits for locks are shorter.
    private const int CommandSeconds = 10;

    private const string Channel = "pushbell_work";

    // A node that vanishes in the middle of a transaction holds its locks no longer than this; and nobody waits for a lock much longer.
    private const int IdleMilliseconds = 5_000, LockMilliseconds = 8_000;

    private readonly NpgsqlDataSource source;
    private readonly string connectionString;
    private readonly int statementMilliseconds;

    /// <param name="connectionString">"Host=…".</param>
    /// <param name="clock">Another one than the system's is meant for everything, leases too.</param>
    public PostgresDialect(string connectionString, TimeProvider clock)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString) { NoResetOnClose = true };
        SetDefault(builder, "Application Name", "pushbell");
        SetDefault(builder, "Maximum Pool Size", Connections);
        SetDefault(builder, "Timeout", ConnectSeconds);
        SetDefault(builder, "Command Timeout", CommandSeconds);
        SetDefault(builder, "Tcp Keepalive", true);
        statementMilliseconds = builder.CommandTimeout * 1_000;
        this.connectionString = builder.ToString();
        source = NpgsqlDataSource.Create(builder);
        Now = clock == TimeProvider.System ? "(extract(epoch FROM statement_timestamp()) * 1000)::bigint" : "@now";
    }

    public override string Name => "Postgres";

    public override string? Folder => null;

    public override bool SingleWriter => false;

    public override bool IsRemote => true;

    public override string Now { get; }

    public override string Size => "SELECT pg_database_size(current_database())";

    // Rows of other tables that refer to these may be added meanwhile: their keys do not change.
    public override string ForUpdate => "FOR NO KEY UPDATE";

    public override string SkipLocked => "FOR NO KEY UPDATE SKIP LOCKED";

    public override string ForShare => "FOR SHARE";

    public override string Lock => "SELECT pg_advisory_xact_lock(hashtextextended(@name, 0))";

    // Time-outs for this transaction only: a pooler hands the session to somebody else afterwards.
    public override string Begin =>
        $"""
        SELECT set_config('statement_timeout', '{statementMilliseconds}', true), set_config('lock_timeout', '{LockMilliseconds}', true),
               set_config('idle_in_transaction_session_timeout', '{IdleMilliseconds}', true)
        """;

    public override string TakeTime => "SELECT set_config('statement_timeout', '0', true), set_config('lock_timeout', '0', true)";

    public override string BeginMarked =>
        $"""
        WITH mark AS (
            INSERT INTO write_mark (node, place, token) VALUES (@Node, @Place, @Token)
            ON CONFLICT (node, place) DO UPDATE SET token = excluded.token)
        SELECT pg_current_xact_id()::text, begun.* FROM ({Begin}) begun
        """;

    // An id that is still to be handed out was lost in a crash; asking for its status would be an error.
    public override string Fate => "SELECT CASE WHEN pg_current_xact_id() <= @id::xid8 THEN 'aborted' ELSE pg_xact_status(@id::xid8) END";

    public override string FindMark => "SELECT count(*) FROM write_mark WHERE node = @Node AND place = @Place AND token = @Token";

    public override string NodeNumber => "SELECT nextval('node_number')";

    public override string Notify => $"NOTIFY {Channel}";

    public override string CountRequest => $"SELECT used, wait FROM count_request(@organization, @subject, @most, {Now}, @grain)";

    public override string ForgetRequests => $"DELETE FROM request_window WHERE seen_at < {Now} - @forgotten";

    public override string In(string column, string parameter) => $"{column} = ANY({parameter})";

    public override SqlMapper.ICustomQueryParameter List<T>(IReadOnlyCollection<T> values) => new ListParameter(values.ToArray());

    public override DbConnection CreateConnection() => source.CreateConnection();

    public override string OnOpen(bool writes) => "";

    public override async Task ListenAsync(Action heard, CancellationToken stopping)
    {
        // A connection of its own, held open: nobody else could use it meanwhile. A broken one is noticed by its silence.
        var own = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, KeepAlive = KeepAliveSeconds };
        await using var connection = new NpgsqlConnection(own.ToString());
        await connection.OpenAsync(stopping);
        connection.Notification += (_, _) => heard();
        await connection.ExecuteAsync($"LISTEN {Channel}");
        while (true)
        {
            await connection.WaitAsync(stopping);
        }
    }

    public override bool IsOutage(DbException exception) =>
        exception is PostgresException answer ? PostgresFaults.IsOutage(answer.SqlState) : exception is NpgsqlException;

    public override bool IsPassing(DbException exception) =>
        exception is PostgresException answer
            ? PostgresFaults.IsPassing(answer.SqlState)
            : exception is NpgsqlException { InnerException: not TimeoutException };

    public override string? WhyUnusable(DbException exception) =>
        exception is PostgresException { SqlState: var state, MessageText: var text } && PostgresFaults.Mend(state) is { } mend
            ? $"PostgreSQL refuses: {text.TrimEnd('.')}. {mend}"
            : null;

    public override ValueTask DisposeAsync() => source.DisposeAsync();

    private static void SetDefault(NpgsqlConnectionStringBuilder builder, string keyword, object value)
    {
        if (!builder.ShouldSerialize(keyword))
        {
            builder[keyword] = value;
        }
    }
}
